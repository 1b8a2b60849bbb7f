#pragma once
// Written by tests/golden/recurrent.py from PyTorch in double precision. Each array has three
// products of a value with known numbers, which stand for all of its elements.
#include <tapeless/tapeless.hpp>
#include <time/recurrent_layers.hpp>

namespace golden::recurrent {

namespace tl = tapeless;
using products = double[3];

struct rnn_tanh {
  using layer = tl::rnn<5>;
  static constexpr tl::shape input{6, 3};
  static constexpr tl::shape output{6, 5};
  static constexpr double loss = -0.9911446400601072;
  static constexpr products y = {1.2937501613470062, -1.1986158770540283, 1.0643879367818192};
  static constexpr products input_gradient = {1.6544028460070885, -1.1867669472252276, -2.222140449914771};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{7.38154127161204, -5.809383767541242, -3.579873421803695}, {-3.7334009448212226, -1.139352182484951, 2.3556352415032213}, {-5.471363765014694, 6.192194057223914, 0.5587357584798722}, {-5.4713637650146945, 6.192194057223914, 0.5587357584798722}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct rnn_one_step {
  using layer = tl::rnn<17>;
  static constexpr tl::shape input{1, 2};
  static constexpr tl::shape output{1, 17};
  static constexpr double loss = -1.203943705815173;
  static constexpr products y = {0.08330417202824214, -0.9176324114147457, -1.8131336620542775};
  static constexpr products input_gradient = {0.31670067559455317, 1.136056736721657, -0.20925347519571574};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-0.38111883796685925, 0.7514614209940587, 4.310546568323545}, {0.0, 0.0, 0.0}, {2.5618382066357563, 0.46537611534875056, -1.545598660056298}, {2.5618382066357563, 0.46537611534875056, -1.545598660056298}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct rnn_relu {
  using layer = tl::rnn<8, tl::recurrent{.yield = tl::yields::last, .activation = tl::recurrent_activation::relu}>;
  static constexpr tl::shape input{5, 2};
  static constexpr tl::shape output{8};
  static constexpr double loss = 1.9481920676398883;
  static constexpr products y = {1.2865494349422169, -1.0441433433439207, -0.7165152757577662};
  static constexpr products input_gradient = {2.8643328337312752, -0.5503152570231248, -0.019853582300040418};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-0.8401986631559009, 1.4538854608149445, 0.007260541676166715}, {12.500897781623761, -1.5099736426230908, -2.7599549926615854}, {-2.6215792122474073, 5.695739029664979, 3.2156805456291844}, {-2.6215792122474073, 5.6957390296649795, 3.215680545629185}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct rnn_bare {
  using layer = tl::rnn<3, tl::recurrent{.bias = false}>;
  static constexpr tl::shape input{7, 4};
  static constexpr tl::shape output{7, 3};
  static constexpr double loss = -0.39426741879074534;
  static constexpr products y = {0.6058989267227081, 1.4083758905496044, -1.2547669362010518};
  static constexpr products input_gradient = {-1.5268486762989348, 2.7711805086780936, 0.474683602823102};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{2.99064443532744, -0.013212291114865327, 0.5709071374352006}, {-1.2022468960042232, -3.3162638300820477, -0.8299342022579029}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct rnn_both {
  using layer = tl::rnn<4, tl::recurrent{.layers = 2, .bidirectional = true}>;
  static constexpr tl::shape input{5, 3};
  static constexpr tl::shape output{5, 8};
  static constexpr double loss = 2.1926244745841563;
  static constexpr products y = {-5.866118231857186, -2.2665518769343396, -2.4897040843207527};
  static constexpr products input_gradient = {-1.7160729959416008, 0.36890235496299384, -0.40180409697403335};
  static constexpr int parameters = 16;
  static constexpr products gradients[] = {{-0.19745950833637693, -0.6349331404827759, 2.0010336431060063}, {-0.4601127789052063, -1.8882504044531883, -1.6489349361809271}, {0.18169403307179322, 2.300939794384402, -0.5393473297384186}, {0.1816940330717931, 2.300939794384402, -0.5393473297384187}, {-1.1647159112624719, 2.3237623723118865, -0.019084090649872265}, {0.39141718273987225, -1.8774850410540371, -0.31605580766787644}, {-0.07928229531820136, -0.5092924765788513, 0.7552145627708192}, {-0.07928229531820141, -0.5092924765788512, 0.7552145627708191}, {1.5071196682308963, -0.13072723280891352, -0.1207273253276755}, {0.22124279212700948, -1.621046847400553, -0.4893347155653025}, {0.6221934300042684, -1.9065409928232953, 0.7445856574160111}, {0.6221934300042686, -1.9065409928232957, 0.7445856574160112}, {0.29128099659667384, 1.9659404117008668, 2.540392724285598}, {1.8234549278890884, -3.459907957129329, -3.6566651432679813}, {1.1331580650192423, -1.0231075128839386, 0.6238582606091545}, {1.1331580650192425, -1.0231075128839384, 0.6238582606091545}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct rnn_states {
  using layer = with_states<tl::rnn<4>, 5, 3>;
  static constexpr tl::shape input{19};
  static constexpr tl::shape output{24};
  static constexpr double loss = 3.930765982302827;
  static constexpr products y = {-3.284375028831487, -1.0954243661357501, 1.0650329391036308};
  static constexpr products input_gradient = {-0.42090166768224346, 3.2358820812030777, 0.43205494526206123};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{2.825088850903426, 3.4350247421945004, -1.5009519706911643}, {-0.568975868680246, 0.27226472034210714, -0.2898550430546223}, {-0.007936110805919938, -1.9001729930660032, 2.296228304837348}, {-0.00793611080592016, -1.900172993066003, 2.296228304837348}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct rnn_lengths {
  using layer = with_lengths<tl::rnn<4>, 5, 2>;
  static constexpr tl::shape input{11};
  static constexpr tl::shape output{24};
  static constexpr double loss = 1.781135396347625;
  static constexpr products y = {0.2861738012757167, -0.26634149295087894, 2.4070065187311442};
  static constexpr products input_gradient = {0.09656817707808518, -0.06269447724860897, 0.5876628951463199};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{1.3727099262214275, 0.22111860223717125, 0.4583696039031331}, {2.264445508223062, -0.08440123396599142, 0.6423344449659281}, {0.4748842394474718, -1.943301075509733, 0.9920458906972148}, {0.4748842394474717, -1.943301075509733, 0.9920458906972149}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm {
  using layer = tl::lstm<4>;
  static constexpr tl::shape input{5, 3};
  static constexpr tl::shape output{5, 4};
  static constexpr double loss = -1.5183134363229605;
  static constexpr products y = {1.8303841276372117, 0.6097487274770477, 1.3054443084411658};
  static constexpr products input_gradient = {-0.04345427867297047, 0.21921380867339788, -0.2949651703932287};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-1.160267820456513, 0.05536931573588705, -0.5673776189177366}, {-0.06850700354226409, -0.404158142465755, -0.39046426001690676}, {-1.7074976083593925, -0.6212758445101415, -0.9081879777226078}, {-1.7074976083593925, -0.6212758445101417, -0.9081879777226076}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_wide {
  using layer = tl::lstm<16>;
  static constexpr tl::shape input{3, 1};
  static constexpr tl::shape output{3, 16};
  static constexpr double loss = 0.7565956916014918;
  static constexpr products y = {-0.7433508492035481, 0.8732301121507078, -0.41489955182479665};
  static constexpr products input_gradient = {0.13197644979240092, 0.7090574516582393, -0.40255149598344186};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-1.1115271343627655, 0.9672075813446719, 1.1253942886119246}, {0.7987656119857525, -0.9512344915500901, 0.10481489894590772}, {0.3105980304522695, -2.0277325744382333, -1.2253555719751206}, {0.3105980304522696, -2.027732574438233, -1.2253555719751206}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_last {
  using layer = tl::lstm<7, tl::recurrent{.yield = tl::yields::last}>;
  static constexpr tl::shape input{7, 2};
  static constexpr tl::shape output{7};
  static constexpr double loss = 0.7657131750315609;
  static constexpr products y = {-0.4229381409731566, -0.017580651606410813, -0.48141730860100895};
  static constexpr products input_gradient = {-0.0007666250965309013, -0.19480437471817516, 0.042849654848581};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{0.14580737122367116, 0.11134465937698121, 0.19530955194509458}, {0.22822697885267368, -0.3861407833592342, 0.020970213877457233}, {-0.6649753808728786, -1.1956466894052755, -0.8986892530644205}, {-0.6649753808728784, -1.1956466894052755, -0.8986892530644207}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_both_last {
  using layer = tl::lstm<3, tl::recurrent{.bidirectional = true, .yield = tl::yields::last}>;
  static constexpr tl::shape input{4, 2};
  static constexpr tl::shape output{6};
  static constexpr double loss = 0.13278601771500903;
  static constexpr products y = {0.4504247363775137, 0.28664967104248484, 0.1046749932599973};
  static constexpr products input_gradient = {-0.3491649921503194, -0.09668173954541961, -0.1607936374205599};
  static constexpr int parameters = 8;
  static constexpr products gradients[] = {{0.0005340787774704148, -0.05716746050185556, -0.17432041324972533}, {0.0911326301703183, 0.15661108212860728, 0.1323700760667006}, {-0.29365624383405553, -0.6590089586444321, -0.5287202427808009}, {-0.29365624383405564, -0.6590089586444321, -0.5287202427808009}, {-0.1725950045675376, 0.2446370563432001, -0.24125617732145077}, {0.0734216958794689, 0.04744108877206067, -0.11095298648951415}, {-0.009644454170354838, 0.6488571003855454, 0.16039816890704264}, {-0.009644454170354866, 0.6488571003855454, 0.16039816890704264}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_stacked {
  using layer = tl::lstm<3, tl::recurrent{.layers = 3, .bias = false}>;
  static constexpr tl::shape input{4, 2};
  static constexpr tl::shape output{4, 3};
  static constexpr double loss = 0.0004938990822874116;
  static constexpr products y = {-0.006878560376117723, -0.014400306878410617, 0.017970800959056805};
  static constexpr products input_gradient = {-0.00034453993761999254, -0.015285047338588792, 0.0021894000357815576};
  static constexpr int parameters = 6;
  static constexpr products gradients[] = {{-0.01117504163421201, -0.0012421326876341336, -0.014076128438150759}, {-0.0013964243861108892, -0.00026664768537631696, 0.0011765764235132253}, {-0.0003955039047933368, -0.002933682279358977, 0.024550892585302186}, {-0.00020170321780686772, -0.0001627113382250883, 0.000946250889892294}, {-0.030384697792001248, -0.0005518169448042402, 0.017840358874669414}, {0.002885146589102749, 0.0010825568277889482, -0.002259828001566707}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_projected {
  using layer = tl::lstm<6, tl::recurrent{.projection = 2}>;
  static constexpr tl::shape input{4, 3};
  static constexpr tl::shape output{4, 2};
  static constexpr double loss = 0.21861442448525945;
  static constexpr products y = {-0.053410725623914815, 0.12284181161147013, -0.05806381404632041};
  static constexpr products input_gradient = {-0.018336673822134202, 0.039153155549156056, 0.0733532147138507};
  static constexpr int parameters = 5;
  static constexpr products gradients[] = {{-0.4025449085743275, 0.33054240491398884, 0.3055271433025313}, {-0.015921141173295433, 0.04980281727260015, 0.008250714603644642}, {0.5171302483175947, -0.2760314150308264, -0.22578025905402882}, {0.5171302483175947, -0.27603141503082634, -0.22578025905402876}, {-1.4863619455675712, 0.48659074293903304, 0.19750977067058678}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_projected_both {
  using layer = tl::lstm<5, tl::recurrent{.layers = 2, .bidirectional = true, .projection = 3}>;
  static constexpr tl::shape input{3, 2};
  static constexpr tl::shape output{3, 6};
  static constexpr double loss = -0.05882736238420955;
  static constexpr products y = {0.25359945500339753, -0.485540238536641, -0.1649467773206112};
  static constexpr products input_gradient = {0.01644404756039894, -0.031968169252725255, 0.0037042206461242316};
  static constexpr int parameters = 20;
  static constexpr products gradients[] = {{0.023509804341567176, 0.022258604283707552, -0.0026892702981563496}, {-0.0010643350319428056, -0.002236289591127474, -0.009330107455923015}, {0.022973119866116762, -0.0967238061566172, -0.011354750050823512}, {0.022973119866116762, -0.09672380615661721, -0.011354750050823505}, {0.04082991967515502, -0.35551968521801275, 0.069773209479972}, {0.013666631724681407, 0.009041067917399653, 1.653096861302817e-05}, {-0.00416916655661165, 0.0026045064502207317, 0.0021215548832119115}, {0.0007974582903675382, 0.021206628786173805, -0.039214004178919536}, {0.0007974582903675464, 0.021206628786173798, -0.039214004178919536}, {0.03779191530169007, -0.1629987956554203, -0.06428866743414163}, {0.0045092827681541, 0.01982463416704313, -0.08362386114744325}, {0.013983121538761661, -0.021372703760539846, -0.01067365080163387}, {-0.0015770259607748513, 0.19301171260372166, 0.01993602334505572}, {-0.0015770259607748409, 0.19301171260372163, 0.01993602334505573}, {0.20617075297464585, -0.012403211685380541, 0.1597443067782733}, {-0.10933893389465496, -0.2146814229256155, 0.010598397444815319}, {0.004173927114008682, -0.012837436560320646, -0.013331229329172049}, {0.28052733200693925, 0.07724169222441049, 0.15583930881662406}, {0.2805273320069392, 0.07724169222441049, 0.15583930881662406}, {0.35424736006091506, -1.1904758696728988, 0.6300475121906761}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_states {
  using layer = with_states<tl::lstm<4>, 5, 3>;
  static constexpr tl::shape input{23};
  static constexpr tl::shape output{28};
  static constexpr double loss = -1.4269066724813046;
  static constexpr products y = {3.7941676004505562, 0.011103647982563636, -0.272245313017478};
  static constexpr products input_gradient = {-0.27671765262236714, -0.48886489035420777, 0.2589330966001355};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-1.3667835429990545, 1.4937884036632536, -0.2925969928733158}, {0.6271796566953023, 0.2258228384694211, -1.50820097587563}, {2.610277825207, -0.7465608744379935, -0.5183460388406611}, {2.6102778252069996, -0.7465608744379939, -0.5183460388406613}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_states_both {
  using layer = with_states<tl::lstm<3, tl::recurrent{.layers = 2, .bidirectional = true}>, 4, 2>;
  static constexpr tl::shape input{32};
  static constexpr tl::shape output{48};
  static constexpr double loss = 1.9394109394010406;
  static constexpr products y = {3.5746680156458392, 1.4654547077881042, -1.843055002194478};
  static constexpr products input_gradient = {0.3430243453866683, -0.0801697999502487, 0.0768306352886517};
  static constexpr int parameters = 16;
  static constexpr products gradients[] = {{-0.138444759980959, -0.1347734988513016, -0.2816790416724248}, {0.07557491172307779, 0.05430651016739949, -0.14796047079783453}, {-0.031718135515467705, -0.28130506031190033, -0.04692483532687457}, {-0.03171813551546765, -0.28130506031190033, -0.04692483532687451}, {0.19249064817092132, -0.23593970514321932, 0.3139541809123173}, {-0.07542135798641289, -0.3756878832887145, -0.12984815449138798}, {0.6462487284203049, -0.15731830749010012, 0.18189400601656291}, {0.6462487284203046, -0.15731830749010023, 0.18189400601656291}, {0.32203043454285135, -0.06945351246367729, 0.3103366699580023}, {-0.13001930852162896, 0.48675461845599116, 0.15208373264650038}, {1.0718633250530387, 0.7198562760829714, 0.5035664154530584}, {1.0718633250530387, 0.7198562760829714, 0.5035664154530584}, {-0.48013507277716283, 0.18334175897709748, 0.3823218382782009}, {0.20512821819434346, 0.32077540379183295, -0.315915111467037}, {1.7770966969737252, 3.432637080147787, 1.811719752327796}, {1.7770966969737247, 3.4326370801477863, 1.8117197523277955}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_lengths {
  using layer = with_lengths<tl::lstm<3, tl::recurrent{.bidirectional = true}>, 5, 2>;
  static constexpr tl::shape input{11};
  static constexpr tl::shape output{36};
  static constexpr double loss = 1.6865964976803687;
  static constexpr products y = {-0.24409005524455785, -0.1285520793624345, -0.18242729842394734};
  static constexpr products input_gradient = {-0.013821254841192211, 0.21476176721488957, 0.06504066935039017};
  static constexpr int parameters = 8;
  static constexpr products gradients[] = {{0.13350711336958546, 0.3593632415631829, -0.1234196527826754}, {-0.11604423204665074, 0.11761537429738217, -0.21410472212042264}, {0.9778132157518705, -0.27995179804577497, 0.07901909256027795}, {0.9778132157518706, -0.2799517980457751, 0.07901909256027798}, {-0.5725228800163682, 0.20618060340135236, -0.11595547631309096}, {-0.006895225232020428, 0.09033154497205123, 0.034445449743439875}, {0.3528507929270437, 0.08397513273548224, -0.0711326247417744}, {0.3528507929270437, 0.08397513273548235, -0.07113262474177437}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_learnt {
  using layer = tl::lstm<4, tl::recurrent{.start = tl::starts::learnt}>;
  static constexpr tl::shape input{4, 2};
  static constexpr tl::shape output{4, 4};
  static constexpr double loss = -1.6316746187143347;
  static constexpr products y = {0.810462521417473, -0.8672137493178917, -0.8864161608710983};
  static constexpr products input_gradient = {-0.24391239753526303, -0.289514599366584, -0.1778813798501783};
  static constexpr int parameters = 6;
  static constexpr products gradients[] = {{-0.5038022214104705, 0.5434613779746769, 1.2233761259719804}, {-0.08249279868119591, -0.20979841717277073, -0.31843585925604734}, {0.08228849199400678, -0.40233206981364855, -0.36326888660695045}, {0.08228849199400701, -0.4023320698136486, -0.36326888660695067}, {-0.13891195426809044, 0.09699319009086793, -0.15980244753211723}, {-0.19552790395088632, -0.15000890345289217, 0.4112589951866865}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct gru {
  using layer = tl::gru<5>;
  static constexpr tl::shape input{5, 3};
  static constexpr tl::shape output{5, 5};
  static constexpr double loss = -0.1573003584764442;
  static constexpr products y = {-0.8783052045809882, -1.2818366384043505, -2.6190792496177377};
  static constexpr products input_gradient = {1.0801054976566498, 0.5143514971436911, 0.8949908698946031};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{1.145609451194471, -0.1984271757384386, -0.47850248009800267}, {0.498157982547209, 0.5489608192944566, 0.27517583300611637}, {2.685547998004856, -3.779345040610118, -2.7879407649282513}, {1.7476070040344283, -2.05235233499608, -1.6629065335717474}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct gru_bare {
  using layer = tl::gru<4, tl::recurrent{.bias = false}>;
  static constexpr tl::shape input{50, 2};
  static constexpr tl::shape output{50, 4};
  static constexpr double loss = -0.36037233791413537;
  static constexpr products y = {1.0951372740082617, -3.0304408020290716, -0.3562101503576031};
  static constexpr products input_gradient = {2.483622873263907, 0.9620405236849855, 0.87536176345409};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-2.8847375998274503, -6.121438705146491, -1.3101051102800736}, {0.3958421124978095, -0.4901613617435595, 0.01918620420307221}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct gru_both {
  using layer = tl::gru<8, tl::recurrent{.layers = 2, .bidirectional = true}>;
  static constexpr tl::shape input{3, 2};
  static constexpr tl::shape output{3, 16};
  static constexpr double loss = -3.8696482787638167;
  static constexpr products y = {-1.4962887687280513, 0.7037138077327592, 2.1943098226718516};
  static constexpr products input_gradient = {-0.02935479424263243, 0.21866369498701735, 0.4610641817913622};
  static constexpr int parameters = 16;
  static constexpr products gradients[] = {{0.41270133287618815, -0.4065358116448774, -0.2723966585281965}, {0.053692708434298034, -0.027917440963171662, 0.18519003651750066}, {-1.04100874861336, -1.762322914002171, 0.5295599578295379}, {-0.532751124866478, -1.0702447638928494, 0.3191695067243807}, {-0.40130504306028847, 0.5894677547288556, -0.7806195408124013}, {-0.31961634361953506, -0.026586609428051602, 0.14419359394025846}, {0.9121609676719372, 0.11662637916534102, -1.268000511096612}, {0.47846201671538835, 0.0361933695261292, -0.7927082355397704}, {-1.631365688282293, 2.4002464839494655, 2.3954758448541957}, {0.8187085517098514, 0.9133886926246307, -0.12973855309811566}, {0.3568569373442737, -0.3560707508502745, -0.6196609916332249}, {-0.01063099797170075, -0.4685708242987634, -0.00503341555035032}, {-1.2152479887273246, 0.30590540452521536, -1.325319208062588}, {0.36010180599374886, -0.07195313017872933, -0.5587088677667703}, {0.2981640925920708, -1.7462239417062613, -1.760745326315521}, {0.5081219220146276, -0.7945296464189879, -0.9097424200310913}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct gru_states {
  using layer = with_states<tl::gru<4>, 6, 2>;
  static constexpr tl::shape input{16};
  static constexpr tl::shape output{28};
  static constexpr double loss = -1.0072677671060917;
  static constexpr products y = {3.8766004713207414, 0.5298416279336371, -2.7665302386012525};
  static constexpr products input_gradient = {0.7153308831063844, -0.536716173777619, 0.9189111823307219};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-0.2223462460848074, -0.39296506916859636, 1.023753522147095}, {0.2881410846085611, 0.5165160126100166, -0.3504777357635725}, {2.0920402712884734, 0.037946921134384526, 0.4040318295427269}, {1.6153429587678312, 0.48786686117614464, 0.19055940038966845}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct gru_lengths {
  using layer = with_lengths<tl::gru<3>, 5, 2>;
  static constexpr tl::shape input{11};
  static constexpr tl::shape output{18};
  static constexpr double loss = 0.6984441518477399;
  static constexpr products y = {0.5283250611361313, -1.129426110988305, 0.3060774148453664};
  static constexpr products input_gradient = {0.3795692743588359, 0.2314341201466878, 0.4733431404958011};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-0.4016808921055494, 0.399060690689071, -0.567501176892948}, {-0.5421530433845955, 0.41146508614891597, -0.527519612613441}, {1.2396587468907614, 1.1363535496315174, 0.8900955003834654}, {0.7710309260233426, 0.7029109794198345, 0.5281036535787705}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct gru_learnt {
  using layer = tl::gru<3, tl::recurrent{.start = tl::starts::learnt}>;
  static constexpr tl::shape input{4, 2};
  static constexpr tl::shape output{4, 3};
  static constexpr double loss = 0.5530627266807764;
  static constexpr products y = {0.8679211380640164, 0.6181503318482785, -0.9503308290148299};
  static constexpr products input_gradient = {0.48456604756130095, 0.6504480746780005, 0.316343004617091};
  static constexpr int parameters = 5;
  static constexpr products gradients[] = {{-0.16929972650431105, -0.006342391164975203, -0.5012732664002455}, {-0.2058308444680816, -0.055466847160843366, -0.1965315072510452}, {0.34038554993490433, 1.7716030061458687, 0.7359154917004416}, {-0.022450602300614353, 1.0825631868946464, 0.23140044807917468}, {-0.35260793709782606, -1.4268200507870823, 0.7906752118108451}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct rnn_windows {
  using layer = tl::rnn<4, tl::recurrent{.window = 3}>;
  static constexpr tl::shape input{8, 2};
  static constexpr tl::shape output{8, 4};
  static constexpr double loss = 4.374210296077032;
  static constexpr products y = {0.06384511484845778, -1.153036724433652, 0.9822214136566101};
  static constexpr products input_gradient = {-0.5872683448467779, 1.1759116301059662, -0.3608159534880802};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-0.07896940227164517, -1.2902279283550577, 1.8387480331949324}, {0.08705493181653579, 2.381632981486662, -0.3726549462802533}, {0.20013547015550848, -2.0580493225996666, 1.6430103065570918}, {0.2001354701555087, -2.0580493225996674, 1.643010306557092}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lstm_windows {
  using layer = tl::lstm<3, tl::recurrent{.window = 2}>;
  static constexpr tl::shape input{6, 3};
  static constexpr tl::shape output{6, 3};
  static constexpr double loss = 1.2748656203337985;
  static constexpr products y = {0.5544997667664275, -0.6306425210369333, 0.09702465334768709};
  static constexpr products input_gradient = {-0.39726861096172517, -0.2044840124839986, -0.07126398186239688};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-0.1683418490733191, -0.3459422781006828, 0.2730126163353614}, {-0.152921106347149, 0.18208702904105578, -0.3426102132827891}, {1.2954753351047599, 0.03219915090985104, 0.3200614981296678}, {1.2954753351047597, 0.03219915090985093, 0.3200614981296678}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct gru_windows {
  using layer = tl::gru<5, tl::recurrent{.start = tl::starts::learnt, .window = 1}>;
  static constexpr tl::shape input{4, 2};
  static constexpr tl::shape output{4, 5};
  static constexpr double loss = 0.13180418907012126;
  static constexpr products y = {-1.08802608626387, -0.07241319799352941, -0.0849773271106582};
  static constexpr products input_gradient = {-0.11219045969129549, 0.29016548470421677, -0.2901359337741656};
  static constexpr int parameters = 5;
  static constexpr products gradients[] = {{-0.4053096627243735, -0.6620445336553104, 0.5188558306777757}, {-0.02759773425566324, 0.09460859403356808, 0.03767486795035935}, {0.8442894269031389, -0.3450263659159989, -0.9331057240473009}, {0.5370265043414689, 0.024476341546687985, -0.3470554761034833}, {0.023892653388699614, 1.692469134645596, 0.9900101163260002}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct gru_reset_before {
  using layer = tl::gru<4, tl::recurrent{.reset = tl::gru_reset::before}>;
  static constexpr tl::shape input{5, 3};
  static constexpr tl::shape output{5, 4};
  static constexpr double loss = -2.7406221544038507;
  static constexpr products y = {2.287618632467585, 0.21812812492269118, 1.1449314212571526};
  static constexpr products input_gradient = {-0.40071952153795026, 0.4197922151212528, -0.2894472138355867};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-1.6790951043499072, 0.38188569703024894, 0.40131329861420884}, {0.3680288173202423, -0.6409231033104262, -0.267394235113682}, {-0.13938222362255454, -0.2840142518777946, 0.9743591934617197}, {-0.13938222362255454, -0.2840142518777946, 0.9743591934617197}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct state_space {
  using layer = tl::state_space<4>;
  static constexpr tl::shape input{6, 3};
  static constexpr tl::shape output{6, 3};
  static constexpr double loss = 0.9249904679428546;
  static constexpr products y = {0.20358407249946708, -1.0240379788904945, -1.2695697956060552};
  static constexpr products input_gradient = {2.2004455353292594, -1.0223010270890256, -1.4423078576781645};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{0.0004258912942385897, 0.0015518299652606024, -0.00010278577962746324}, {0.005398335661040735, 0.0083082310720047, -0.0015989332560226181}, {-0.11754417449877719, 0.01956198557391088, -0.025523361677777398}, {-1.3798039155441302, -0.9972048054264349, 0.5985777648381259}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct state_space_wide {
  using layer = tl::state_space<>;
  static constexpr tl::shape input{9, 2};
  static constexpr tl::shape output{9, 2};
  static constexpr double loss = 1.0711040257570388;
  static constexpr products y = {-0.26214484358848156, -0.11066560542998627, -1.1838073954895665};
  static constexpr products input_gradient = {0.6344921271501349, -0.2192635135286295, -0.33597926941869494};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-0.00173130480949604, -0.0020085570983696, -0.0011877156896402154}, {-0.024801250028788677, 0.008543601618485016, 0.010525513926075758}, {0.08648299262615283, 0.004493798862111436, 0.030322616532704467}, {-1.724248569949964, -1.0861489224861032, 0.8327554032917419}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct state_space_one {
  using layer = tl::state_space<1>;
  static constexpr tl::shape input{2, 17};
  static constexpr tl::shape output{2, 17};
  static constexpr double loss = 3.2837958298897614;
  static constexpr products y = {-2.199992164178197, -0.5889944047372577, 0.43771396280016};
  static constexpr products input_gradient = {0.10220837181778292, -0.987867345844373, 0.15180866396508508};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-2.4238539009222734e-05, -5.388600728204341e-05, 0.00010626363015480267}, {0.0047138704616901846, 0.004695823524427009, -0.01263521899935593}, {0.019974055221734486, 0.015014329428197009, -0.008829102610597345}, {-0.8558610019489095, 2.266991568460412, -1.7621130209096236}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct state_space_short {
  using layer = tl::state_space<8>;
  static constexpr tl::shape input{1, 1};
  static constexpr tl::shape output{1, 1};
  static constexpr double loss = 0.3208540835700888;
  static constexpr products y = {-0.16507958813713486, 0.014235555865147964, 0.19933348159945835};
  static constexpr products input_gradient = {0.5316406493176189, 0.4937013665315277, -0.2663110149711516};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-3.363068693085852e-05, -0.00017086947347095386, 2.0319104615131336e-05}, {-0.007567138670912355, -0.007027127642248909, 0.0037905536050802787}, {0.012365386147245258, -0.0017916826504404439, 0.013051141779162796}, {-0.471099871688466, -0.4374809389085499, 0.2359847486138733}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct state_space_long {
  using layer = tl::state_space<3>;
  static constexpr tl::shape input{50, 1};
  static constexpr tl::shape output{50, 1};
  static constexpr double loss = 0.68855218188716;
  static constexpr products y = {-0.08047006363166029, -2.1293924004784053, -4.373351157902102};
  static constexpr products input_gradient = {-1.9560497031280815, 0.8896692166705841, 0.7166058492857581};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-0.0038432020323080603, -0.006172035905991773, -0.0028135665679774246}, {0.052267316416840306, 0.04853738248392181, -0.026181899564401465}, {0.03896141104449713, 0.08068459401983255, 0.015887188084609438}, {-1.1880960867927115, -1.1033104078350675, 0.5951446247820513}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

}  // namespace golden::recurrent
