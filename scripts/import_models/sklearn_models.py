"""Pipelines of scikit-learn, exported by skl2onnx. Cases as in torch_models.py."""
import functools
import warnings

import numpy as np
import skl2onnx
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

SAMPLES = 8


def data():
    random = np.random.RandomState(7)
    x = random.normal(1, 3, (200, 5)).astype(np.float32)
    classes = np.argmax(x[:, :3] + 0.3 * random.normal(size=(200, 3)), axis=1)
    return x, classes, np.tanh(x[:, 0] - x[:, 1]) + 0.2 * x[:, 2]


def export(folder, estimator, binary=False):
    x, classes, y = data()
    is_classifier = hasattr(estimator, "predict_proba")
    pipeline = make_pipeline(StandardScaler(), estimator)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # training stops before it converges
        pipeline.fit(x, (classes > 0 if binary else classes) if is_classifier else y)
    options = {id(pipeline): {"zipmap": False}} if is_classifier else None
    model = skl2onnx.to_onnx(pipeline, x[:1], options=options)
    file = folder / "model.onnx"
    file.write_bytes(model.SerializeToString())
    return file, [x[:SAMPLES]]


def cases():
    estimators = {
        "mlp_classifier": MLPClassifier(hidden_layer_sizes=(16, 8), max_iter=60, random_state=1),
        "mlp_regressor": MLPRegressor(hidden_layer_sizes=(16,), activation="tanh", max_iter=60,
                                      random_state=1),
        "logistic_regression": LogisticRegression(),
        "linear_regression": LinearRegression(),
    }
    for name, estimator in estimators.items():
        yield f"sklearn_{name}", functools.partial(export, estimator=estimator)
    for name in ("mlp_classifier", "logistic_regression"):
        yield f"sklearn_{name}_of_two_classes", functools.partial(
            export, estimator=estimators[name], binary=True)
