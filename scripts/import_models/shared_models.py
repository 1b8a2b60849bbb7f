"""Models of other projects in shared/models beside the repository, with reference outputs."""
import subprocess

# Folder of a model, and what its refusal names; nothing where the model is imported.
SHARED = {
    "godot_flyby_policy_onnx": [],
    "mnist_8_onnx": ["Conv", "MaxPool"],
    "rtneural_lstm_1d": ["LSTM"],
}


def refusal_problem(program, model, words, header):
    """What is wrong with the refusal of a model, or an empty text."""
    done = subprocess.run([program, "import", model, "-o", header], capture_output=True, text=True,
                          check=False)
    if done.returncode == 0:
        return "the model is imported, and was to be refused"
    missing = [word for word in words if word not in done.stderr]
    return f"the refusal does not name {', '.join(missing)}: {done.stderr}" if missing else ""


def references(folder):
    """(inputs, outputs) of a model: files of arrays whose first axis counts samples."""
    return tuple(sorted(folder.glob(f"{kind}_[0-9].npy")) for kind in ("in", "out"))
