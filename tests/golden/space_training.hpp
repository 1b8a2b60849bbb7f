#pragma once
// Written by tests/golden/space_training.py from PyTorch in double precision: the losses
// of ten steps of descent with momentum.

namespace golden::space_training {

inline constexpr int lenet_batch = 32;
inline constexpr double lenet[] = {
    2.3047243680273426,
    2.3041406353175278,
    2.302513066905293,
    2.3024724665573184,
    2.3014596436078674,
    2.298628717662102,
    2.299310273889542,
    2.298681149868015,
    2.2985445934642805,
    2.297948230292993};

inline constexpr int resnet8_batch = 32;
inline constexpr double resnet8[] = {
    2.340736915245626,
    2.3357948677383766,
    2.3185662680478383,
    2.320897439112353,
    2.3025431849015803,
    2.3036747415871988,
    2.2987393205804216,
    2.303755628202568,
    2.310296840177478,
    2.295865737835139};

inline constexpr int ds_cnn_batch = 16;
inline constexpr double ds_cnn[] = {
    2.512882086300465,
    2.494290872647389,
    2.474629953753354,
    2.458925096876705,
    2.4558308357390692,
    2.4383621757161245,
    2.443082353180546,
    2.417909707665959,
    2.4247587336803873,
    2.4368140431842376};

}  // namespace golden::space_training
