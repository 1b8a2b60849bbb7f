#pragma once
// Written by tests/golden/space.py from PyTorch in double precision. Each array has three
// products of a value with known numbers, which stand for all of its elements.
#include <tapeless/tapeless.hpp>

namespace golden::space {

namespace tl = tapeless;
using products = double[3];

struct conv2d_one {
  using layer = tl::conv2d<1, 1>;
  static constexpr tl::shape input{1, 1, 1};
  static constexpr tl::shape output{1, 1, 1};
  static constexpr double loss = 0.019195407426536804;
  static constexpr products y = {-0.04753256045000853, -0.03276966940802595, 0.031463528618360215};
  static constexpr products input_gradient = {0.10852823048026039, 0.10078336892433981, -0.05436428393750248};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-0.471099871688466, -0.4374809389085499, 0.2359847486138733}, {1.07309989631176, 0.9965206496417522, -0.537540391087532}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_3x3 {
  using layer = tl::conv2d<5, 3>;
  static constexpr tl::shape input{3, 6, 7};
  static constexpr tl::shape output{5, 4, 5};
  static constexpr double loss = 2.566133784150736;
  static constexpr products y = {4.487134113341128, -18.51535071472135, 1.835948419313013};
  static constexpr products input_gradient = {-15.461696761112634, -20.567374407602443, -0.48199979198867027};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{39.21191317105351, -11.419330788467448, 16.46021848520786}, {-3.6074063861742616, 6.6401329804211855, 2.5595255959779024}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_padded {
  using layer = tl::conv2d<17, tl::kernel{.size = 3, .padding = 1}>;
  static constexpr tl::shape input{4, 5, 4};
  static constexpr tl::shape output{17, 5, 4};
  static constexpr double loss = 19.11367250531896;
  static constexpr products y = {-13.305782565427677, -5.5401995362208964, -18.200790111307484};
  static constexpr products input_gradient = {-7.163508038289677, -8.88936730976097, -14.550868372432674};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{29.669297997343477, -19.06990775407158, 7.125459828708472}, {-0.009445618838071823, 18.57795286551118, -5.816483215428889}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_stride {
  using layer = tl::conv2d<8, tl::kernel{.size = 3, .stride = 2, .padding = 1}>;
  static constexpr tl::shape input{2, 8, 7};
  static constexpr tl::shape output{8, 4, 4};
  static constexpr double loss = -8.74540839212925;
  static constexpr products y = {-1.9112794258632135, 8.564492227475014, -13.643477917313334};
  static constexpr products input_gradient = {8.337083836651573, -9.402787022045828, 8.306117966200944};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-4.652595469324808, -19.73080925334827, -8.714568241983727}, {8.769878670573235, -14.080082855187356, -1.0706245182082057}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_uneven {
  using layer = tl::conv2d<6, tl::kernel{.size = {2, 5}, .stride = {3, 2}, .dilation = {2, 1}, .padding = {3, 1}}>;
  static constexpr tl::shape input{3, 9, 10};
  static constexpr tl::shape output{6, 5, 4};
  static constexpr double loss = -0.4468959882352408;
  static constexpr products y = {2.0673364615221743, 5.981938602837914, 5.760753475300049};
  static constexpr products input_gradient = {-10.763882777291542, -6.173784195425483, -5.990733490735977};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-16.238538657109416, 10.76736421968343, 18.794705331985085}, {4.507737476378679, -1.3942097118124366, -2.7589941900223494}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_dilated {
  using layer = tl::conv2d<4, tl::kernel{.size = 3, .dilation = 2, .padding = 2}, tl::bias::off>;
  static constexpr tl::shape input{2, 6, 6};
  static constexpr tl::shape output{4, 6, 6};
  static constexpr double loss = -5.738442334278972;
  static constexpr products y = {-1.1102594496798872, -2.537100024430373, -2.8353148087364843};
  static constexpr products input_gradient = {2.2816767142615078, 1.5547521683250238, -7.0344747006386115};
  static constexpr int parameters = 1;
  static constexpr products gradients[] = {{19.642618226769514, -18.849028003840345, -0.5917264043637829}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_stride_beyond {
  using layer = tl::conv2d<3, tl::kernel{.size = 2, .stride = 5}>;
  static constexpr tl::shape input{2, 13, 11};
  static constexpr tl::shape output{3, 3, 2};
  static constexpr double loss = 0.9988599328558507;
  static constexpr products y = {-1.2858690209858281, 2.1591255198792396, 2.791217795592104};
  static constexpr products input_gradient = {0.21741654380065256, 2.104935623212654, 0.38465373172219586};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{3.1734735725779046, 1.3205874717378663, -0.6951810961719218}, {4.2338341902941465, -2.2087961342185736, -3.036414882168174}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_stride_dilated {
  using layer = tl::conv2d<3, tl::kernel{.size = 3, .stride = 4, .dilation = 2, .padding = 3}>;
  static constexpr tl::shape input{2, 11, 9};
  static constexpr tl::shape output{3, 4, 3};
  static constexpr double loss = -1.8067155352764104;
  static constexpr products y = {3.2320547286687002, -4.958069214629518, 3.3012674715066908};
  static constexpr products input_gradient = {-4.031666488040742, 2.0431730841000473, 0.5116278198739224};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-4.793459213514041, 9.97986459935754, 2.6742124102935634}, {2.903349971398711, -2.7379340352490544, -2.8884495813399553}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_groups {
  using layer = tl::conv2d<6, tl::kernel{.size = 3, .padding = 1, .groups = 2}>;
  static constexpr tl::shape input{4, 5, 5};
  static constexpr tl::shape output{6, 5, 5};
  static constexpr double loss = 0.708610907017146;
  static constexpr products y = {4.92850987658268, 6.9309715903711435, -10.217016283951324};
  static constexpr products input_gradient = {-15.362171933572753, -15.048396426955549, 5.960085441096979};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{10.942098702256686, -26.916233793127475, 15.755280989925552}, {8.234558205120265, -19.694281910546124, -5.195423570461571}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_groups_stride {
  using layer = tl::conv2d<12, tl::kernel{.size = 3, .stride = 2, .padding = 1, .groups = 3}>;
  static constexpr tl::shape input{6, 6, 5};
  static constexpr tl::shape output{12, 3, 3};
  static constexpr double loss = -12.2547661748264;
  static constexpr products y = {-4.374631484417009, 8.581777607879303, 1.957591102705166};
  static constexpr products input_gradient = {6.9652666573470015, 5.505054627252974, 3.395030409047166};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-3.6172688722336943, -16.084590036708477, 10.477685612187486}, {11.764744125306606, -5.696779507212341, -1.7592496564611793}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_depthwise {
  using layer = tl::depthwise_conv2d<tl::kernel{.size = 3, .padding = 1}>;
  static constexpr tl::shape input{16, 5, 6};
  static constexpr tl::shape output{16, 5, 6};
  static constexpr double loss = 4.594274954718784;
  static constexpr products y = {-4.357985130889617, -4.968379308386503, -6.807933743046192};
  static constexpr products input_gradient = {-0.4951286630550982, 4.162282314128319, -9.688166665123305};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-6.345463718351056, -3.5374578351865864, -0.9031821419404764}, {10.660640437155962, -11.831397524103522, 7.183600559830666}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_depthwise_stride {
  using layer = tl::depthwise_conv2d<tl::kernel{.size = 3, .stride = 2, .padding = 1}, 2>;
  static constexpr tl::shape input{5, 7, 6};
  static constexpr tl::shape output{10, 4, 3};
  static constexpr double loss = -2.8298297137754105;
  static constexpr products y = {5.30630804943344, -4.580480501523525, -9.89665221459606};
  static constexpr products input_gradient = {-10.103617028282684, 5.744887472402596, 2.4484059166000236};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-5.330082930201911, -8.442122685575299, -14.591674378038277}, {7.428289855830371, 4.2678780145943165, 3.6545584267005324}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_padding_beyond {
  using layer = tl::conv2d<2, tl::kernel{.size = 3, .padding = 4}>;
  static constexpr tl::shape input{1, 3, 2};
  static constexpr tl::shape output{2, 9, 8};
  static constexpr double loss = 3.486082192396964;
  static constexpr products y = {-0.6273998452891192, -0.47108228403315877, -1.807973643882022};
  static constexpr products input_gradient = {3.5902211913904836, -4.726494822595512, -3.778673720561727};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{1.0536063246812546, 4.458653102141795, 6.5838132642025755}, {-9.2657810151577, -7.632779590785503, 4.583028495311737}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_same {
  using layer = tl::conv2d<3, tl::kernel{.size = {4, 3}, .padding = tl::padding::same}>;
  static constexpr tl::shape input{2, 5, 6};
  static constexpr tl::shape output{3, 5, 6};
  static constexpr double loss = -6.562198495986891;
  static constexpr products y = {2.7678781436218287, 10.739973940104306, -4.0471872067900705};
  static constexpr products input_gradient = {-4.777934348545813, 8.31790714949922, -3.055145972770376};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-9.5316159738816, 32.363335916621566, 14.941720974707778}, {-2.1245166696608067, -11.29052281845361, 2.817058192566037}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_same_stride {
  using layer = tl::conv2d<3, tl::kernel{.size = 3, .stride = 2, .padding = tl::padding::same}>;
  static constexpr tl::shape input{2, 6, 7};
  static constexpr tl::shape output{3, 3, 4};
  static constexpr double loss = -0.2943123178498439;
  static constexpr products y = {-0.8583641517621459, -0.9345388411612134, -8.699887235187347};
  static constexpr products input_gradient = {1.7742416166417314, -4.275037381731806, 1.2723117528548045};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-2.2722466135234356, -2.3321343716772276, -8.541350028243244}, {2.903349971398711, -2.7379340352490544, -2.8884495813399553}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_reflect {
  using layer = tl::conv2d<3, tl::kernel{.size = 3, .padding = {1, 2, 2, 0}, .mode = tl::padding_mode::reflect}>;
  static constexpr tl::shape input{2, 5, 4};
  static constexpr tl::shape output{3, 6, 4};
  static constexpr double loss = -6.031210669388713;
  static constexpr products y = {13.862416819693507, -6.786264267215273, 2.841426795825072};
  static constexpr products input_gradient = {3.316542275543128, 2.361501215812069, -3.6069298724623167};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{16.537959929506684, 5.078921726605444, -21.482846683394627}, {-1.088277567178011, -7.7761163003742695, -0.7991190571337938}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_replicate {
  using layer = tl::conv2d<3, tl::kernel{.size = 3, .padding = 2, .mode = tl::padding_mode::replicate}>;
  static constexpr tl::shape input{2, 3, 4};
  static constexpr tl::shape output{3, 5, 6};
  static constexpr double loss = -8.791513589675958;
  static constexpr products y = {11.910198718950383, -0.9251974738147055, 7.714912491663654};
  static constexpr products input_gradient = {-7.3376152325830475, 9.293419619156907, 6.690087646996872};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{1.2607112781942362, 18.051181856484362, -1.3744741541432575}, {-2.1245166696608067, -11.29052281845361, 2.817058192566037}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv2d_circular {
  using layer = tl::conv2d<3, tl::kernel{.size = 3, .padding = 1, .mode = tl::padding_mode::circular}>;
  static constexpr tl::shape input{2, 3, 4};
  static constexpr tl::shape output{3, 3, 4};
  static constexpr double loss = 5.616941988802353;
  static constexpr products y = {2.9295498822995825, -0.48643293881163174, -7.707854254777118};
  static constexpr products input_gradient = {-4.432137589348486, 1.5337282985720861, -1.5998715460958834};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{20.59766807282972, -2.150987402588413, -8.223356267054129}, {2.903349971398711, -2.7379340352490544, -2.8884495813399553}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv1d_wide {
  using layer = tl::conv1d<16, 5>;
  static constexpr tl::shape input{1, 33};
  static constexpr tl::shape output{16, 29};
  static constexpr double loss = -2.104396716285919;
  static constexpr products y = {-0.8278246270512994, -3.7027265851109377, -11.739748556276325};
  static constexpr products input_gradient = {-11.659416877324134, -9.901409019730849, -2.326750010424661};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-14.612760260784512, 16.737025684261823, 11.537596092690848}, {14.54217641428113, 5.188662483356893, -3.6920516109094024}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv1d_few {
  using layer = tl::conv1d<3, tl::kernel{.size = 4, .stride = 2, .padding = 3}>;
  static constexpr tl::shape input{2, 19};
  static constexpr tl::shape output{3, 11};
  static constexpr double loss = 0.6272223431086275;
  static constexpr products y = {-0.9697325746842154, -0.5460143889525284, 5.218586976059839};
  static constexpr products input_gradient = {-3.7717643545718005, 2.780225182020942, 3.517379039283398};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{0.4062471166560897, 14.285943406414646, 2.956041056762757}, {2.3856405802071095, -0.2788815600797534, -3.5573248732835054}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv1d_causal {
  using layer = tl::conv1d<4, tl::kernel{.size = 3, .dilation = 4, .padding = tl::padding::causal}>;
  static constexpr tl::shape input{3, 20};
  static constexpr tl::shape output{4, 20};
  static constexpr double loss = -5.434758936647427;
  static constexpr products y = {-1.5488669177577776, 1.6560377740709242, -9.415804898495765};
  static constexpr products input_gradient = {0.6848732465112732, -2.2657957383670464, 3.5653896116689765};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{9.744748490680337, 11.205738112067593, -8.045059461545492}, {-1.3677051551640034, -4.582049968652427, -0.0991941038519144}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv1d_groups {
  using layer = tl::conv1d<8, tl::kernel{.size = 3, .groups = 4}>;
  static constexpr tl::shape input{4, 9};
  static constexpr tl::shape output{8, 7};
  static constexpr double loss = -1.4166880559258601;
  static constexpr products y = {1.602957740316242, -1.9632756570594694, -8.389944330153043};
  static constexpr products input_gradient = {0.7280417633406131, 0.9000093836074967, 2.2706298714890067};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{6.847458551407044, -1.9170318983778714, -6.950961914605045}, {8.10158758610487, 4.818713467568159, 3.5080602494999766}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct conv1d_depthwise {
  using layer = tl::depthwise_conv1d<tl::kernel{.size = 3, .padding = 1}, 1, tl::bias::off>;
  static constexpr tl::shape input{7, 18};
  static constexpr tl::shape output{7, 18};
  static constexpr double loss = 3.6562027717581316;
  static constexpr products y = {2.247543332960717, -2.829611839482169, -10.326439661168962};
  static constexpr products input_gradient = {1.598746294677312, 1.9265947118029203, -2.5309881918575314};
  static constexpr int parameters = 1;
  static constexpr products gradients[] = {{2.515652963187307, -4.850728637169823, -5.228249061644902}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct transpose2d {
  using layer = tl::conv_transpose2d<5, 3>;
  static constexpr tl::shape input{3, 4, 5};
  static constexpr tl::shape output{5, 6, 7};
  static constexpr double loss = 10.47225357675768;
  static constexpr products y = {-1.9790106204410023, -6.564094976927478, -3.422174542037382};
  static constexpr products input_gradient = {-6.820537671152763, 6.318546074479542, -12.998585044682102};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{11.065542689596896, -26.60461958755846, 17.589865157336277}, {1.3202363830059767, -8.12512585055083, 4.209056208841503}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct transpose2d_stride {
  using layer = tl::conv_transpose2d<4, tl::kernel{.size = 2, .stride = 2}>;
  static constexpr tl::shape input{6, 3, 4};
  static constexpr tl::shape output{4, 6, 8};
  static constexpr double loss = -3.713310695631762;
  static constexpr products y = {-9.34864153120256, 2.2521324840442816, -3.844239827133393};
  static constexpr products input_gradient = {-6.08867027906895, -14.13006280925336, -3.1114309845018226};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{6.862364897643403, 7.353465204200461, 3.9349759680465866}, {8.421279965899885, -12.426669606007636, 7.64123838301748}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct transpose2d_overlap {
  using layer = tl::conv_transpose2d<4, tl::kernel{.size = 3, .stride = 2, .padding = 1, .output_padding = 1}>;
  static constexpr tl::shape input{2, 4, 3};
  static constexpr tl::shape output{4, 8, 6};
  static constexpr double loss = -3.866984922736208;
  static constexpr products y = {0.9544860106752111, 3.7838186766173294, 4.414950121420446};
  static constexpr products input_gradient = {1.2603578005131197, -3.6115661197404307, -3.758532564951622};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{2.7152149877673253, 10.175078192636533, -1.234243153945613}, {8.421279965899885, -12.426669606007636, 7.64123838301748}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct transpose2d_groups {
  using layer = tl::conv_transpose2d<6, tl::kernel{.size = 3, .stride = 3, .dilation = 2, .groups = 2}>;
  static constexpr tl::shape input{4, 3, 2};
  static constexpr tl::shape output{6, 11, 8};
  static constexpr double loss = -3.5827174461491893;
  static constexpr products y = {-3.4816122694623886, -6.984372183527981, -9.430233699853346};
  static constexpr products input_gradient = {1.227388317826012, 10.969321420952653, 5.831787169638332};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{8.314788190590036, -5.1060240405558375, 9.398467025414845}, {-5.156148589216173, -11.820886548608541, 14.436190813779831}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct transpose1d {
  using layer = tl::conv_transpose1d<3, tl::kernel{.size = 5, .stride = 3, .padding = 2}>;
  static constexpr tl::shape input{2, 7};
  static constexpr tl::shape output{3, 19};
  static constexpr double loss = 3.493996572538663;
  static constexpr products y = {-0.18662769883526664, -3.486004668913125, 0.7794437845332141};
  static constexpr products input_gradient = {-0.18732289953486259, -0.037770312638585324, -2.858013083146787};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-0.014244924661454661, -2.7482663225846693, 0.13439032694560638}, {1.611448546871543, -3.824981958605349, -3.2459781020879745}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct transpose1d_bare {
  using layer = tl::conv_transpose1d<1, tl::kernel{.size = 4, .stride = 4}, tl::bias::off>;
  static constexpr tl::shape input{8, 5};
  static constexpr tl::shape output{1, 20};
  static constexpr double loss = -1.7238409777781953;
  static constexpr products y = {-1.1060378778095838, -1.718428436686736, -1.0787581535261381};
  static constexpr products input_gradient = {-0.23784609378324717, 1.1928733349208187, 4.402634989521729};
  static constexpr int parameters = 1;
  static constexpr products gradients[] = {{0.8385390028005872, -0.4887993557500465, -1.9076297334505057}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max2d {
  using layer = tl::max_pool2d<2>;
  static constexpr tl::shape input{3, 6, 5};
  static constexpr tl::shape output{3, 3, 2};
  static constexpr double loss = 3.4521692348644137;
  static constexpr products y = {-0.4816070133820176, 0.4443832738325, 0.2141502909362316};
  static constexpr products input_gradient = {-1.6765861567109823, -0.1153996316716075, 1.9717480558902025};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max2d_overlap {
  using layer = tl::max_pool2d<tl::kernel{.size = 3, .stride = 2, .padding = 1}>;
  static constexpr tl::shape input{2, 7, 8};
  static constexpr tl::shape output{2, 4, 4};
  static constexpr double loss = 6.439626969397068;
  static constexpr products y = {-1.1563081927597523, -1.7769517907872796, 2.176766574382782};
  static constexpr products input_gradient = {9.212276273407042, -5.252979992888868, 6.58507339656353};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max2d_dilated {
  using layer = tl::max_pool2d<tl::kernel{.size = {2, 3}, .stride = 1, .dilation = 2}>;
  static constexpr tl::shape input{17, 5, 6};
  static constexpr tl::shape output{17, 3, 2};
  static constexpr double loss = 7.866017731837928;
  static constexpr products y = {5.839584164321423, -5.689439497888088, -8.041402315720916};
  static constexpr products input_gradient = {-6.091857684776187, -0.7550548566505313, 9.744677823036909};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max2d_ties {
  using layer = tl::sequential<tl::relu, tl::max_pool2d<tl::kernel{.size = 3, .stride = 2}>>;
  static constexpr tl::shape input{2, 9, 7};
  static constexpr tl::shape output{2, 4, 3};
  static constexpr double loss = 5.852664453908801;
  static constexpr products y = {-0.6285119969397783, 0.1125539168715477, 1.09137770999223};
  static constexpr products input_gradient = {-1.733232299797237, -2.0159519920125604, 2.4010827727615833};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max1d {
  using layer = tl::max_pool1d<3>;
  static constexpr tl::shape input{4, 20};
  static constexpr tl::shape output{4, 6};
  static constexpr double loss = 3.0321976747363806;
  static constexpr products y = {-0.39531419333070517, -0.2303035082295537, 0.9108210140839219};
  static constexpr products input_gradient = {-2.4924994874745607, -3.752991038374603, 1.1829881649464369};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max1d_overlap {
  using layer = tl::max_pool1d<tl::kernel{.size = 5, .stride = 2, .padding = 2}>;
  static constexpr tl::shape input{2, 9};
  static constexpr tl::shape output{2, 5};
  static constexpr double loss = 0.9327776785939932;
  static constexpr products y = {1.3876304579898715, 1.7892156271263957, -0.33825344406068325};
  static constexpr products input_gradient = {0.5088020274415612, 5.488401354290545, 0.8292670967057347};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg2d {
  using layer = tl::avg_pool2d<2>;
  static constexpr tl::shape input{3, 6, 4};
  static constexpr tl::shape output{3, 3, 2};
  static constexpr double loss = -1.3306060880422592;
  static constexpr products y = {-1.7890483881346881, -0.5896542712580413, -0.41384047362953424};
  static constexpr products input_gradient = {-1.7367649355437607, 1.7661494540516287, 0.20572185912169516};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg2d_overlap {
  using layer = tl::avg_pool2d<tl::kernel{.size = 3, .stride = 2, .padding = 1}>;
  static constexpr tl::shape input{2, 7, 6};
  static constexpr tl::shape output{2, 4, 3};
  static constexpr double loss = -0.3229365299145381;
  static constexpr products y = {-0.1033022026013996, -0.6852237287287911, 0.06469278637733727};
  static constexpr products input_gradient = {-0.3311471039843229, 0.13998384297721933, 0.4631307967421082};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg2d_inside {
  using layer = tl::avg_pool2d<tl::kernel{.size = 3, .stride = 1, .padding = 1, .counts_padding = false}>;
  static constexpr tl::shape input{16, 4, 5};
  static constexpr tl::shape output{16, 4, 5};
  static constexpr double loss = 2.609693239856925;
  static constexpr products y = {-4.851524714432244, -0.783715893799025, 3.0167895760645886};
  static constexpr products input_gradient = {3.8945400148061005, -0.49784828836305073, -3.002100435861696};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg2d_inside_stride {
  using layer = tl::avg_pool2d<tl::kernel{.size = {2, 3}, .stride = {2, 3}, .padding = {1, 1}, .counts_padding = false}>;
  static constexpr tl::shape input{2, 6, 8};
  static constexpr tl::shape output{2, 4, 3};
  static constexpr double loss = 0.9265056208241733;
  static constexpr products y = {3.802853265078738, -1.7610132977521666, 2.2562940646118177};
  static constexpr products input_gradient = {-0.7646897473217298, 0.6067396322420489, 0.13094469384911167};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg1d {
  using layer = tl::avg_pool1d<tl::kernel{.size = 4, .stride = 2, .padding = 1}>;
  static constexpr tl::shape input{3, 11};
  static constexpr tl::shape output{3, 5};
  static constexpr double loss = 0.06595320743508637;
  static constexpr products y = {1.5186753461603075, 0.30668520485050976, 1.4835161364171654};
  static constexpr products input_gradient = {-1.037274916190654, -0.5368397026322782, -0.23219408933073282};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max2d_ceil {
  using layer = tl::max_pool2d<tl::kernel{.size = 2, .ceil_mode = true}>;
  static constexpr tl::shape input{3, 5, 7};
  static constexpr tl::shape output{3, 3, 4};
  static constexpr double loss = 0.2977357869967818;
  static constexpr products y = {-1.7632057098671794, -2.4882255513221025, -1.9867644775658846};
  static constexpr products input_gradient = {0.036909086629748344, 1.380946340970695, -5.874461212195456};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max2d_ceil_overlap {
  using layer = tl::max_pool2d<tl::kernel{.size = 3, .stride = 2, .padding = 1, .ceil_mode = true}>;
  static constexpr tl::shape input{2, 6, 7};
  static constexpr tl::shape output{2, 4, 4};
  static constexpr double loss = 4.508649271912873;
  static constexpr products y = {1.8861873224377632, -2.47227321844548, 3.462100313976407};
  static constexpr products input_gradient = {-1.4788727751001716, -1.0051261084154248, 0.5783965401351452};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max2d_ceil_dilated {
  using layer = tl::max_pool2d<tl::kernel{.size = {2, 3}, .stride = {3, 2}, .dilation = 2, .ceil_mode = true}>;
  static constexpr tl::shape input{5, 7, 8};
  static constexpr tl::shape output{5, 3, 3};
  static constexpr double loss = 5.083130246959627;
  static constexpr products y = {4.356197817251086, -4.881061559543014, -1.3088793782517314};
  static constexpr products input_gradient = {2.700372574850917, -2.9628789853304625, -1.1597421299666166};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max2d_ceil_left_out {
  using layer = tl::max_pool2d<tl::kernel{.size = 2, .stride = 3, .padding = 1, .ceil_mode = true}>;
  static constexpr tl::shape input{2, 5, 6};
  static constexpr tl::shape output{2, 2, 3};
  static constexpr double loss = 2.060561823658645;
  static constexpr products y = {1.3715244941413403, -0.7189917070791125, 1.1816017432138324};
  static constexpr products input_gradient = {-3.0138443177565932, -4.292189390398562, 1.0022177305072546};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max2d_ceil_beyond {
  using layer = tl::max_pool2d<tl::kernel{.size = 4, .stride = 3, .ceil_mode = true}>;
  static constexpr tl::shape input{16, 3, 5};
  static constexpr tl::shape output{16, 1, 2};
  static constexpr double loss = 6.683107003569603;
  static constexpr products y = {-2.34440993424505, -3.018996029160917, 3.147488459944725};
  static constexpr products input_gradient = {-6.0597173422575, -1.612852011807263, 2.2033550115302205};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct max1d_ceil {
  using layer = tl::max_pool1d<tl::kernel{.size = 3, .stride = 4, .ceil_mode = true}>;
  static constexpr tl::shape input{4, 18};
  static constexpr tl::shape output{4, 5};
  static constexpr double loss = 0.7315933918580413;
  static constexpr products y = {2.371550560928881, -0.07797489780932665, 4.748902373015881};
  static constexpr products input_gradient = {1.1889303801581264, 2.214298777282238, -0.5973011236637831};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg2d_ceil {
  using layer = tl::avg_pool2d<tl::kernel{.size = 2, .ceil_mode = true}>;
  static constexpr tl::shape input{3, 5, 7};
  static constexpr tl::shape output{3, 3, 4};
  static constexpr double loss = -0.62706443015486;
  static constexpr products y = {0.1577373098116368, -3.448684084927663, -4.034499764908105};
  static constexpr products input_gradient = {-1.2532204473391175, 0.8142449173610657, 0.16488635796122253};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg2d_ceil_overlap {
  using layer = tl::avg_pool2d<tl::kernel{.size = 3, .stride = 2, .padding = 1, .ceil_mode = true}>;
  static constexpr tl::shape input{2, 6, 7};
  static constexpr tl::shape output{2, 4, 4};
  static constexpr double loss = -0.38779512223684137;
  static constexpr products y = {-0.10192911564889878, -0.014298171218898342, 0.44039282264808804};
  static constexpr products input_gradient = {-0.3816246471574736, 0.09079385326347425, 0.11779945721435864};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg2d_ceil_inside {
  using layer = tl::avg_pool2d<tl::kernel{.size = 3, .stride = 2, .padding = 1, .counts_padding = false, .ceil_mode = true}>;
  static constexpr tl::shape input{2, 6, 8};
  static constexpr tl::shape output{2, 4, 5};
  static constexpr double loss = 1.0330952469828643;
  static constexpr products y = {4.036538817350649, -2.0225213739451853, 0.09670372038251818};
  static constexpr products input_gradient = {1.2563223949530056, 3.2075751377269626, 3.0756736579351123};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg2d_ceil_left_out {
  using layer = tl::avg_pool2d<tl::kernel{.size = 2, .stride = 3, .padding = 1, .ceil_mode = true}>;
  static constexpr tl::shape input{2, 5, 6};
  static constexpr tl::shape output{2, 2, 3};
  static constexpr double loss = -0.2100243391469121;
  static constexpr products y = {0.13988562114536762, 0.5382418262306601, 0.3222879315726459};
  static constexpr products input_gradient = {-0.7019643892999738, -0.9232132444158196, 0.25407508248463273};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg2d_ceil_uneven {
  using layer = tl::avg_pool2d<tl::kernel{.size = {5, 3}, .stride = {4, 2}, .padding = {2, 0}, .ceil_mode = true}>;
  static constexpr tl::shape input{16, 8, 6};
  static constexpr tl::shape output{16, 3, 3};
  static constexpr double loss = -1.351544601322773;
  static constexpr products y = {1.6947598974608507, 0.24028994071607823, 0.28434271741037576};
  static constexpr products input_gradient = {1.5096074706797176, -0.33988346823025484, -0.16028214191707368};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct avg1d_ceil {
  using layer = tl::avg_pool1d<tl::kernel{.size = 4, .stride = 3, .padding = 2, .ceil_mode = true}>;
  static constexpr tl::shape input{3, 10};
  static constexpr tl::shape output{3, 4};
  static constexpr double loss = -0.4992427281104028;
  static constexpr products y = {0.6145071249920875, 1.4822817423846573, -0.060264226980507374};
  static constexpr products input_gradient = {0.4971079439856112, 0.1519755891058594, 0.7024005437269807};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lp2d {
  using layer = tl::lp_pool2d<2, 2>;
  static constexpr tl::shape input{3, 6, 5};
  static constexpr tl::shape output{3, 3, 2};
  static constexpr double loss = 6.675994396794079;
  static constexpr products y = {0.7700983762033013, -0.5922513927332209, 1.6451655358475816};
  static constexpr products input_gradient = {-1.3334194984695122, 1.012788177689318, -0.3717282305599534};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lp2d_sum {
  using layer = tl::lp_pool2d<1, tl::per_axis{2, 3}>;
  static constexpr tl::shape input{2, 4, 7};
  static constexpr tl::shape output{2, 2, 2};
  static constexpr double loss = -1.2714354423806071;
  static constexpr products y = {2.355049403384328, -6.230947518721223, -0.4094133162871003};
  static constexpr products input_gradient = {-6.007035906426609, 4.133908113464713, 7.697113396599889};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lp2d_four {
  using layer = tl::lp_pool2d<4, tl::kernel{.size = 3, .stride = 2}>;
  static constexpr tl::shape input{2, 7, 8};
  static constexpr tl::shape output{2, 3, 3};
  static constexpr double loss = 5.057069836281222;
  static constexpr products y = {1.1954430437926173, 1.2589343637664911, 2.0650318156456895};
  static constexpr products input_gradient = {-2.327438050766946, 1.0473830335944707, 1.1087476211429272};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lp2d_half {
  using layer = tl::sequential<tl::sigmoid, tl::lp_pool2d<1.5, tl::kernel{.size = 2, .stride = 1}>>;
  static constexpr tl::shape input{2, 3, 4};
  static constexpr tl::shape output{2, 2, 3};
  static constexpr double loss = 4.700266394276997;
  static constexpr products y = {4.4850617677359805, 3.376418904913082, 1.0876853423072563};
  static constexpr products input_gradient = {-0.3989874543113884, -1.7788752081883488, -0.27219536896235197};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lp2d_ceil {
  using layer = tl::lp_pool2d<2, tl::kernel{.size = 3, .stride = 2, .ceil_mode = true}>;
  static constexpr tl::shape input{2, 6, 8};
  static constexpr tl::shape output{2, 3, 4};
  static constexpr double loss = 6.477620105953917;
  static constexpr products y = {-1.0713435513767449, -4.13826510347052, 0.7248239644758203};
  static constexpr products input_gradient = {-1.7616545862177169, 2.8856399888776267, -1.5627192101693366};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct lp1d {
  using layer = tl::lp_pool1d<2, 3>;
  static constexpr tl::shape input{4, 10};
  static constexpr tl::shape output{4, 3};
  static constexpr double loss = 2.8760534979638823;
  static constexpr products y = {2.98441700292939, 3.300742140983953, -0.5088211539579607};
  static constexpr products input_gradient = {-0.47143767959706273, 0.6086892014733436, -1.7858606639015906};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad2d_zeros {
  using layer = tl::pad2d<2>;
  static constexpr tl::shape input{3, 2, 3};
  static constexpr tl::shape output{3, 6, 7};
  static constexpr double loss = -3.225003432482481;
  static constexpr products y = {-3.161756979301572, -1.1966341566294432, 2.400938523001969};
  static constexpr products input_gradient = {2.62906823027879, -1.834830298088491, 4.066750323399901};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad2d_uneven {
  using layer = tl::pad2d<tl::paddings{1, 2, 3, 0}>;
  static constexpr tl::shape input{2, 3, 4};
  static constexpr tl::shape output{2, 6, 7};
  static constexpr double loss = 4.968811710365117;
  static constexpr products y = {0.5785012934356928, -1.832687179557979, -4.020156923681498};
  static constexpr products input_gradient = {-0.8774716733023524, -1.9286768333986402, -4.2231059819459915};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad2d_number {
  using layer = tl::pad2d<tl::paddings{1, 2}, tl::padding_mode::zeros, -1.5>;
  static constexpr tl::shape input{2, 3, 4};
  static constexpr tl::shape output{2, 5, 8};
  static constexpr double loss = -6.089823520742357;
  static constexpr products y = {-17.181608490645885, 10.74362851306796, -14.280242980457842};
  static constexpr products input_gradient = {5.2796573815867305, -5.439540700055659, -4.622700718231499};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad2d_reflect {
  using layer = tl::pad2d<tl::paddings{2, 1, 0, 3}, tl::padding_mode::reflect>;
  static constexpr tl::shape input{2, 3, 4};
  static constexpr tl::shape output{2, 6, 7};
  static constexpr double loss = 4.007840042002499;
  static constexpr products y = {0.6768589215353131, -0.695698500610888, -5.361990335397422};
  static constexpr products input_gradient = {-2.920748964883387, 4.10726716928184, 0.16644046269357204};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad2d_replicate {
  using layer = tl::pad2d<tl::paddings{4, 0, 1, 5}, tl::padding_mode::replicate>;
  static constexpr tl::shape input{2, 3, 4};
  static constexpr tl::shape output{2, 7, 10};
  static constexpr double loss = -3.3572210427373648;
  static constexpr products y = {-1.1349524399265647, -3.377939292229712, 1.8486756840720773};
  static constexpr products input_gradient = {0.3273381469771266, 2.426241058856249, 17.164473832584918};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad2d_circular {
  using layer = tl::pad2d<tl::paddings{3, 1, 2, 4}, tl::padding_mode::circular>;
  static constexpr tl::shape input{2, 3, 4};
  static constexpr tl::shape output{2, 7, 10};
  static constexpr double loss = -11.112143605947495;
  static constexpr products y = {-5.6454290030524135, 10.799764044582844, -8.699944974854589};
  static constexpr products input_gradient = {0.4853327600285411, 4.749808684922755, 7.367025013081729};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad2d_conv {
  using layer = tl::sequential<tl::pad2d<1, tl::padding_mode::replicate>, tl::conv2d<4, 3>, tl::relu, tl::pad2d<tl::paddings{0, 1, 0, 1}>, tl::max_pool2d<2>>;
  static constexpr tl::shape input{2, 5, 7};
  static constexpr tl::shape output{4, 3, 4};
  static constexpr double loss = 2.322135713719831;
  static constexpr products y = {4.711949581690874, -3.9474455378377655, 3.8935798130054025};
  static constexpr products input_gradient = {1.090479568022161, 3.6226677213336558, -6.359945037528462};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{14.329175467956219, -6.52783319883963, -5.077859214251106}, {2.6331605510786176, -4.574643524363637, 2.0230491245165467}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad1d_zeros {
  using layer = tl::pad1d<3>;
  static constexpr tl::shape input{4, 1};
  static constexpr tl::shape output{4, 7};
  static constexpr double loss = -0.38616575114428997;
  static constexpr products y = {0.46035231091082096, -0.7556005772203207, 1.25266473274678};
  static constexpr products input_gradient = {0.8452017437666655, -1.5021474286913872, 0.6689642164856195};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad1d_number {
  using layer = tl::pad1d<tl::paddings{0, 0, 1, 4}, tl::padding_mode::zeros, 2>;
  static constexpr tl::shape input{3, 9};
  static constexpr tl::shape output{3, 14};
  static constexpr double loss = 10.943408421240747;
  static constexpr products y = {-1.350045400671661, -5.971950535662472, -2.272866035811603};
  static constexpr products input_gradient = {1.6659280378371477, 2.210908181965351, -0.21270279120653868};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad1d_reflect {
  using layer = tl::pad1d<4, tl::padding_mode::reflect>;
  static constexpr tl::shape input{3, 5};
  static constexpr tl::shape output{3, 13};
  static constexpr double loss = 5.904295112006366;
  static constexpr products y = {2.289240430109203, 8.708151812665164, -1.637412247247994};
  static constexpr products input_gradient = {-1.5798247838392854, 5.050011326558888, 1.5767854563891888};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad1d_replicate {
  using layer = tl::pad1d<tl::paddings{0, 0, 7, 0}, tl::padding_mode::replicate>;
  static constexpr tl::shape input{3, 5};
  static constexpr tl::shape output{3, 12};
  static constexpr double loss = 2.1913222735747695;
  static constexpr products y = {-2.9040260929614305, 5.903452872298658, 0.10852036532014608};
  static constexpr products input_gradient = {11.155598282814026, -1.3647671835497022, -4.321611494757235};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pad1d_circular {
  using layer = tl::pad1d<5, tl::padding_mode::circular>;
  static constexpr tl::shape input{2, 5};
  static constexpr tl::shape output{2, 15};
  static constexpr double loss = 2.4375018244609237;
  static constexpr products y = {-2.4562679892405868, -2.6210952196270227, -7.1602076618000865};
  static constexpr products input_gradient = {1.4472043178975582, -3.9976536706089973, 1.1975338589400053};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct prelu_vector {
  using layer = tl::prelu;
  static constexpr tl::shape input{19};
  static constexpr tl::shape output{19};
  static constexpr double loss = 3.425990233728328;
  static constexpr products y = {-1.2435283393316467, -2.406051660789842, -1.2456249073619006};
  static constexpr products input_gradient = {0.7962428253298413, 2.3339316917909514, 0.8987597841848469};
  static constexpr int parameters = 1;
  static constexpr products gradients[] = {{0.6565357667192302, 0.6096836380403658, -0.32887384857474444}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct prelu_image {
  using layer = tl::prelu;
  static constexpr tl::shape input{3, 4, 5};
  static constexpr tl::shape output{3, 4, 5};
  static constexpr double loss = 4.554584811198595;
  static constexpr products y = {0.6306594478037937, -2.9310901815679813, -2.66796431294091};
  static constexpr products input_gradient = {-0.5319923376487736, -1.1983882517537268, -1.738824336640846};
  static constexpr int parameters = 1;
  static constexpr products gradients[] = {{1.945707666412659, 1.806856821448406, -0.9746496701194474}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct prelu_channels {
  using layer = tl::prelu_with<tl::prelu_settings{.per_channel = true}>;
  static constexpr tl::shape input{5, 3, 4};
  static constexpr tl::shape output{5, 3, 4};
  static constexpr double loss = 4.49790927222314;
  static constexpr products y = {0.682658960503062, -1.512849489499004, -3.5330223407755454};
  static constexpr products input_gradient = {-0.8539413312929582, -0.9929204696668563, -1.086483772706444};
  static constexpr int parameters = 1;
  static constexpr products gradients[] = {{-2.225133797630832, 0.15119629421337777, 0.048022681851449533}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct prelu_channels_line {
  using layer = tl::prelu_with<tl::prelu_settings{.per_channel = true}>;
  static constexpr tl::shape input{17, 6};
  static constexpr tl::shape output{17, 6};
  static constexpr double loss = 2.14346964700799;
  static constexpr products y = {-0.49646713783987195, -3.5368339772609687, -5.029548333413928};
  static constexpr products input_gradient = {1.136325230629211, -1.3040265453493873, -5.511898279493394};
  static constexpr int parameters = 1;
  static constexpr products gradients[] = {{0.846338878063051, -3.5794486571559787, -1.0242486556063}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct prelu_channels_vector {
  using layer = tl::prelu_with<tl::prelu_settings{.per_channel = true}>;
  static constexpr tl::shape input{8};
  static constexpr tl::shape output{8};
  static constexpr double loss = 1.2176754567891663;
  static constexpr products y = {-0.7938569155270585, -0.8130864927718449, -1.8479308299248345};
  static constexpr products input_gradient = {-0.5067511000593043, 3.111401150133446, 1.2682531011549258};
  static constexpr int parameters = 1;
  static constexpr products gradients[] = {{0.8999917864151428, -2.098216205475893, -0.3475394121656734}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct prelu_deep {
  using layer = tl::sequential<tl::conv2d<6, 3>, tl::prelu_with<tl::prelu_settings{.per_channel = true}>, tl::flatten, tl::dense<7>, tl::prelu>;
  static constexpr tl::shape input{2, 4, 5};
  static constexpr tl::shape output{7};
  static constexpr double loss = -0.7156593110275135;
  static constexpr products y = {0.29804901661867755, 0.7849177857199129, -0.15268331182662903};
  static constexpr products input_gradient = {0.8178678966575521, 1.4484742710753777, -0.37806038488844895};
  static constexpr int parameters = 6;
  static constexpr products gradients[] = {{4.726242778657034, 4.6145198972888775, 8.62023901710593}, {1.4328288516856111, -0.30054914337589106, 0.8441822147301165}, {0.45518509225718773, -0.3559694627719824, 0.2915782555520838}, {2.385756292695424, -2.057007773841505, 1.7056636706952455}, {-0.3771292999561666, 1.9573489095170373, -0.1254010226598865}, {-0.03506757609548285, -0.03256506112072129, 0.01756615449656256}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct glu_vector {
  using layer = tl::glu<>;
  static constexpr tl::shape input{18};
  static constexpr tl::shape output{9};
  static constexpr double loss = 1.530692003367768;
  static constexpr products y = {1.201796425424741, -1.472101239154114, -1.2289794020690268};
  static constexpr products input_gradient = {-0.07633523777320872, 1.157695911199765, -0.16338631605411696};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct glu_rows {
  using layer = tl::glu<>;
  static constexpr tl::shape input{5, 6};
  static constexpr tl::shape output{5, 3};
  static constexpr double loss = -1.3434114963773083;
  static constexpr products y = {0.5359040394833504, 0.5169330947892778, -0.0026692236773031564};
  static constexpr products input_gradient = {-1.1074859844679643, -1.2429875501148948, 0.4131682990261671};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct glu_channels {
  using layer = tl::glu<0>;
  static constexpr tl::shape input{6, 3, 4};
  static constexpr tl::shape output{3, 3, 4};
  static constexpr double loss = -0.22453328421033975;
  static constexpr products y = {-2.292484345265187, -1.3147370580658684, -1.4537207401842214};
  static constexpr products input_gradient = {-1.0025426107221738, 0.3997060331152679, -0.5099622486719637};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct glu_height {
  using layer = tl::glu<1>;
  static constexpr tl::shape input{3, 4, 5};
  static constexpr tl::shape output{3, 2, 5};
  static constexpr double loss = -2.4563771867663053;
  static constexpr products y = {-3.1060781895959106, -1.0901573477485502, -1.1386933861898458};
  static constexpr products input_gradient = {-4.161654681929296, -3.3216215825926154, -0.474532267771389};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct glu_from_the_end {
  using layer = tl::glu<-2>;
  static constexpr tl::shape input{3, 2, 5};
  static constexpr tl::shape output{3, 1, 5};
  static constexpr double loss = -0.8484049249702752;
  static constexpr products y = {1.0920943454833174, 0.7497914684383492, -1.1479694299230543};
  static constexpr products input_gradient = {0.19910022416539597, -1.6581065325847364, -0.7574060616982884};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct glu_conv {
  using layer = tl::sequential<tl::conv1d<8, 3>, tl::glu<0>, tl::conv1d<2, 1>>;
  static constexpr tl::shape input{3, 9};
  static constexpr tl::shape output{2, 7};
  static constexpr double loss = -1.069794700692633;
  static constexpr products y = {2.9308822432515256, -1.4766761037469063, -0.41006661098488584};
  static constexpr products input_gradient = {0.07113444074569736, -0.3921557385113791, -0.06223114622743859};
  static constexpr int parameters = 4;
  static constexpr products gradients[] = {{-1.3373610550314885, -0.3551998112125435, -0.16921297842673222}, {0.02174809044202633, 0.7086708703960263, -0.43911249006504877}, {-0.46152898510733226, 2.336762320134522, -0.287793050637012}, {1.2463844418525696, -1.769790994003415, -0.4483839590102434}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct global_avg {
  using layer = tl::global_avg_pool;
  static constexpr tl::shape input{5, 4, 3};
  static constexpr tl::shape output{5};
  static constexpr double loss = 0.40286983805708587;
  static constexpr products y = {-0.08396036007131139, -0.042691663916533173, -0.8207701291733732};
  static constexpr products input_gradient = {0.33538405791235465, -0.734071565636744, -0.49867837914886576};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct global_max {
  using layer = tl::global_max_pool;
  static constexpr tl::shape input{5, 4, 3};
  static constexpr tl::shape output{5};
  static constexpr double loss = 0.483180140145123;
  static constexpr products y = {3.059502131305635, 0.18807115498930216, 0.16479575168341398};
  static constexpr products input_gradient = {1.3655314035713673, -2.358864653855562, 1.6454243874177337};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct adaptive_avg2d {
  using layer = tl::adaptive_avg_pool2d<tl::per_axis{2, 3}>;
  static constexpr tl::shape input{2, 6, 7};
  static constexpr tl::shape output{2, 2, 3};
  static constexpr double loss = -0.2159223969404896;
  static constexpr products y = {-0.5067225720526445, 0.3476516117031376, -1.0443128320491977};
  static constexpr products input_gradient = {0.03059712942275744, -0.4277731863160929, 1.260890104704433};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct adaptive_max2d {
  using layer = tl::adaptive_max_pool2d<tl::per_axis{3, 2}>;
  static constexpr tl::shape input{2, 7, 6};
  static constexpr tl::shape output{2, 3, 2};
  static constexpr double loss = 2.1239351872354746;
  static constexpr products y = {2.644897773861885, 2.1196012552827597, -1.1605021376162767};
  static constexpr products input_gradient = {-0.7457515019923449, -0.24694991763681173, 0.10245977528393269};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct adaptive_avg1d {
  using layer = tl::adaptive_avg_pool1d<4>;
  static constexpr tl::shape input{3, 10};
  static constexpr tl::shape output{3, 4};
  static constexpr double loss = -0.5564336500441035;
  static constexpr products y = {0.48276219703257084, 1.339773500027756, -0.9115307874356711};
  static constexpr products input_gradient = {0.7529829734315473, 0.22721150796860462, 1.0313371935238442};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct adaptive_max1d {
  using layer = tl::adaptive_max_pool1d<5>;
  static constexpr tl::shape input{3, 12};
  static constexpr tl::shape output{3, 5};
  static constexpr double loss = 2.847798633389175;
  static constexpr products y = {2.558628768660128, 3.8816970689222217, -0.45530271623283625};
  static constexpr products input_gradient = {-0.5162979699671268, 2.199415666051209, 0.3917631031945348};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct upsample_nearest {
  using layer = tl::upsample<2>;
  static constexpr tl::shape input{3, 4, 5};
  static constexpr tl::shape output{3, 8, 10};
  static constexpr double loss = -15.459355085156858;
  static constexpr products y = {-1.3534166142344475, 6.524009276181459, -6.669230438768864};
  static constexpr products input_gradient = {-1.8914675954729319, 18.70749522279948, -0.14229030068963766};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct upsample_nearest_uneven {
  using layer = tl::upsample<tl::per_axis{3, 5}>;
  static constexpr tl::shape input{2, 3, 4};
  static constexpr tl::shape output{2, 9, 20};
  static constexpr double loss = 11.25309728551656;
  static constexpr products y = {2.6759816985577345, -12.969272510148585, -3.135560813359916};
  static constexpr products input_gradient = {3.9217985048890114, 1.463185311295092, -24.410943421535194};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct upsample_line {
  using layer = tl::upsample<4>;
  static constexpr tl::shape input{2, 7};
  static constexpr tl::shape output{2, 28};
  static constexpr double loss = -4.458196553401649;
  static constexpr products y = {-6.531276904977858, -5.412489801645279, 1.8267770539969206};
  static constexpr products input_gradient = {5.883420694619417, 7.340914451517165, 0.17331213224679232};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct upsample_linear {
  using layer = tl::upsample<2, tl::resize::linear>;
  static constexpr tl::shape input{3, 4, 5};
  static constexpr tl::shape output{3, 8, 10};
  static constexpr double loss = -12.052275787165854;
  static constexpr products y = {-4.3945356712793, 6.70644988323329, -3.8101463046623394};
  static constexpr products input_gradient = {-0.0683049502549693, 14.365260929509532, 2.579753690282814};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct upsample_linear_line {
  using layer = tl::upsample<3, tl::resize::linear>;
  static constexpr tl::shape input{2, 1};
  static constexpr tl::shape output{2, 3};
  static constexpr double loss = -1.8349000979214907;
  static constexpr products y = {-1.7480667158961296, 0.13129022624343634, 0.2773711485788226};
  static constexpr products input_gradient = {1.2182748168706894, -0.8541026245802641, -0.49091523326933384};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct upsample_corners {
  using layer = tl::upsample<2, tl::resize::linear_corners>;
  static constexpr tl::shape input{3, 4, 5};
  static constexpr tl::shape output{3, 8, 10};
  static constexpr double loss = -12.882702657258111;
  static constexpr products y = {-4.258159217838613, 7.77387472834911, -3.425297612191304};
  static constexpr products input_gradient = {-0.0387587380255523, 13.433276143205902, 3.055437304936942};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct upsample_corners_line {
  using layer = tl::upsample<3, tl::resize::linear_corners>;
  static constexpr tl::shape input{2, 5};
  static constexpr tl::shape output{2, 15};
  static constexpr double loss = -0.6951466056385218;
  static constexpr products y = {-1.8825588729232539, -0.47302752719925967, 0.6091677196589962};
  static constexpr products input_gradient = {3.479295253753661, 1.6483939514894566, 6.431372926437429};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pixel_shuffle {
  using layer = tl::pixel_shuffle<2>;
  static constexpr tl::shape input{12, 3, 4};
  static constexpr tl::shape output{3, 6, 8};
  static constexpr double loss = -12.818387168459594;
  static constexpr products y = {4.875350436195731, 2.2616752786561847, 3.32416270673275};
  static constexpr products input_gradient = {-0.9961741082370281, 3.8302243296056986, -11.638786947354674};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pixel_shuffle_one {
  using layer = tl::pixel_shuffle<3>;
  static constexpr tl::shape input{9, 2, 3};
  static constexpr tl::shape output{1, 6, 9};
  static constexpr double loss = -1.6557641988620162;
  static constexpr products y = {-0.4095734255388379, -7.169608844444156, -7.553027557209134};
  static constexpr products input_gradient = {-0.9585592038929462, -3.068016999401152, 4.003590543754399};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pixel_unshuffle {
  using layer = tl::pixel_unshuffle<2>;
  static constexpr tl::shape input{3, 4, 6};
  static constexpr tl::shape output{12, 2, 3};
  static constexpr double loss = 2.6372537715360522;
  static constexpr products y = {4.07361173350364, -5.444239099510014, 7.857215109281242};
  static constexpr products input_gradient = {-4.576996590942144, 1.1846070103347301, -2.6659006783738732};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct pixel_unshuffle_all {
  using layer = tl::pixel_unshuffle<3>;
  static constexpr tl::shape input{2, 3, 6};
  static constexpr tl::shape output{18, 1, 2};
  static constexpr double loss = 1.4998290902003646;
  static constexpr products y = {-1.6427905866876245, 0.8759898860007524, -5.327253156341612};
  static constexpr products input_gradient = {-1.1094985343515873, 5.330142303369939, -2.4657115237787366};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct batch_norm_vector {
  using layer = tl::batch_norm<>;
  static constexpr tl::shape input{7};
  static constexpr tl::shape output{7};
  static constexpr double loss = -0.46296884765801316;
  static constexpr products y = {-2.230857043653079, 0.17938876191671274, 0.07699697245669557};
  static constexpr products input_gradient = {-1.3814853259833462e-16, 3.13680652565501e-17, 6.736368326218725e-17};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-1.690165432381992, 0.15146576039690823, -1.0473203804301656}, {-1.4206773173063993, 2.4608369898051023, -0.5143029764294624}};
  static constexpr int statistic_count = 2;
  static constexpr products statistics[] = {{-0.23031391190985845, -0.2685657473591466, -0.20280352490954096}, {1.3119448627084545, -1.4092996979700776, 1.0220156826235778}};
};

struct batch_norm1d {
  using layer = tl::batch_norm<>;
  static constexpr tl::shape input{5, 6};
  static constexpr tl::shape output{5, 6};
  static constexpr double loss = 4.7860163987674;
  static constexpr products y = {0.0950675417867104, 3.9495351967355745, 0.9349609727961701};
  static constexpr products input_gradient = {2.315693858180966, 0.2559137864997497, -1.4582375684106224};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{1.0983811251741407, -5.327746871555831, 6.609009229533127}, {-0.06790486723184586, 3.249833282083273, -0.43904941715300083}};
  static constexpr int statistic_count = 2;
  static constexpr products statistics[] = {{-0.1558858521230933, 0.06828482301077912, -0.21287589659914374}, {-0.06855771444295544, -1.0073438089751021, 1.0617832915295036}};
};

struct batch_norm2d {
  using layer = tl::batch_norm<>;
  static constexpr tl::shape input{17, 3, 4};
  static constexpr tl::shape output{17, 3, 4};
  static constexpr double loss = 1.758535933125195;
  static constexpr products y = {-0.0032851242013829385, -4.881599537769701, 3.835974799066115};
  static constexpr products input_gradient = {1.9891596742784212, -0.7578432273738249, 3.7834426311069858};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-1.1098298185222406, 12.290508294198432, 4.307291436146285}, {12.889911057427526, -5.585676991380751, 0.6558101177215576}};
  static constexpr int statistic_count = 2;
  static constexpr products statistics[] = {{-0.37239459383353185, -0.6068150314114367, -0.8379088482664278}, {3.232273027249777, 0.3762518777860613, 0.5535426065048014}};
};

struct batch_norm2d_one {
  using layer = tl::batch_norm<>;
  static constexpr tl::shape input{1, 5, 5};
  static constexpr tl::shape output{1, 5, 5};
  static constexpr double loss = 0.8104063660590122;
  static constexpr products y = {-0.20678784018283997, -0.41624220894444913, -0.45802165384703464};
  static constexpr products input_gradient = {-0.125379813798915, -0.8193656981950797, 0.07630435967479765};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-4.537211153466137, -4.213423765815277, 2.272793303087165}, {-4.161913834512234, -3.864908656105399, 2.084798254072666}};
  static constexpr int statistic_count = 2;
  static constexpr products statistics[] = {{-0.16630625741432112, -0.15443820304858188, 0.08330662500113249}, {-0.8073618086000358, -0.7497463346770344, 0.40442607797803437}};
};

struct batch_norm_bare {
  using layer = tl::batch_norm<0.01, 0.3, tl::affine::off>;
  static constexpr tl::shape input{4, 2, 3};
  static constexpr tl::shape output{4, 2, 3};
  static constexpr double loss = 7.282723221497855;
  static constexpr products y = {0.3210441339741871, -3.4194659338325724, -5.811365399991711};
  static constexpr products input_gradient = {1.0190845390867032, -1.4587890496408402, 0.7923815801558955};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 2;
  static constexpr products statistics[] = {{-0.1452577693387866, 0.26979363863356415, -0.006715385181208441}, {0.05680426328223653, -1.508060402961462, 0.20674357549358607}};
};

struct conv_norm {
  using layer = tl::sequential<tl::conv2d<6, tl::kernel{.size = 3, .padding = 1}, tl::bias::off>, tl::batch_norm<>, tl::relu, tl::conv2d<3, 3>, tl::batch_norm<>, tl::tanh>;
  static constexpr tl::shape input{2, 5, 6};
  static constexpr tl::shape output{3, 3, 4};
  static constexpr double loss = -1.3488418210207405;
  static constexpr products y = {-0.16226791517528505, 3.815704231362062, 5.348903445824996};
  static constexpr products input_gradient = {-1.0743244704112, -0.23091118431338728, 1.9545225508891706};
  static constexpr int parameters = 7;
  static constexpr products gradients[] = {{3.6174445149397223, 0.6266557677911055, -5.270010029321508}, {-0.023520364038463804, -11.66245547619432, 2.7235077202892426}, {-0.6098143645673072, 0.6999094027965826, -0.38720760812715427}, {-3.4445712673203617, -3.0159450077255356, 1.0531054615503894}, {4.2159879103456643e-16, -5.706799778831123e-16, -9.134403303190375e-17}, {0.8109816834887577, -1.3672917835708047, -0.26758771856116936}, {2.392585579738359, -1.9747352365827844, -2.5538630612039217}};
  static constexpr int statistic_count = 4;
  static constexpr products statistics[] = {{-0.11271023930679511, -0.0009702234191049375, -0.21281494453701258}, {0.9246563849471641, -2.2258196375511945, 1.0284529882899032}, {0.07509589113225285, 0.6113600448992429, -0.3166479431675583}, {-0.15649317327654588, -0.4003312039710412, -0.6304382782592028}};
};

struct layer_norm {
  using layer = tl::layer_norm<>;
  static constexpr tl::shape input{19};
  static constexpr tl::shape output{19};
  static constexpr double loss = 1.041357371952593;
  static constexpr products y = {-0.15229451179590286, -1.5699378626798213, -3.150134196134674};
  static constexpr products input_gradient = {0.58437511328792, -0.8570154914298125, -0.5408587649294279};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-1.7852657854313798, 0.7024853579853223, -1.4099324256379768}, {3.294666892848909, 2.5846819328144193, 3.63879431784153}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct layer_norm_rows {
  using layer = tl::layer_norm<>;
  static constexpr tl::shape input{3, 8};
  static constexpr tl::shape output{3, 8};
  static constexpr double loss = 1.5790849534370923;
  static constexpr products y = {2.744489016220103, -0.6697771045435539, -3.5874782362599986};
  static constexpr products input_gradient = {1.0309062358049663, 0.06544122694767118, 1.622485916630778};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-4.466903611562806, -3.7000127831418013, -3.8966122366593496}, {0.8417012896388769, 3.1667677648365498, 3.910026278346777}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct layer_norm_image {
  using layer = tl::layer_norm<3>;
  static constexpr tl::shape input{3, 4, 5};
  static constexpr tl::shape output{3, 4, 5};
  static constexpr double loss = 5.0489059005273464;
  static constexpr products y = {0.159955307488163, 0.47130803491329565, -4.933100950565434};
  static constexpr products input_gradient = {-1.5944735136808548, 0.5015702459218101, -0.8101762331766708};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-2.037593522016479, -4.215662603473533, -5.43613583667976}, {0.3556721704080701, 1.7397241378203034, 1.2894500913098454}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct layer_norm_bare {
  using layer = tl::layer_norm<2, 0.1, tl::affine::off>;
  static constexpr tl::shape input{3, 4, 5};
  static constexpr tl::shape output{3, 4, 5};
  static constexpr double loss = 5.336575206600234;
  static constexpr products y = {-0.48409230897135336, -4.660072627734914, -17.47903496173317};
  static constexpr products input_gradient = {1.9093487450169144, 3.901558213995412, 2.5535292938515934};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct rms_norm {
  using layer = tl::rms_norm<>;
  static constexpr tl::shape input{16};
  static constexpr tl::shape output{16};
  static constexpr double loss = 0.8156256191610908;
  static constexpr products y = {0.2679901367887959, -1.7920148183549636, -3.0627696579084693};
  static constexpr products input_gradient = {1.5466495105358422, 0.6945254307991017, -0.4811424046253534};
  static constexpr int parameters = 1;
  static constexpr products gradients[] = {{2.117847722968224, -7.07269696784515, -1.6398724327725707}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct rms_norm_rows {
  using layer = tl::rms_norm<2, 0.5>;
  static constexpr tl::shape input{3, 7};
  static constexpr tl::shape output{3, 7};
  static constexpr double loss = -0.25433532568625483;
  static constexpr products y = {-0.06597934946116357, 0.5565519767778118, -2.1144480565691115};
  static constexpr products input_gradient = {0.0926743541855855, -0.779037972452389, 0.9510328182214629};
  static constexpr int parameters = 1;
  static constexpr products gradients[] = {{-1.0483469598967705, -1.2339646596693343, 0.16461584398124807}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct group_norm {
  using layer = tl::group_norm<3>;
  static constexpr tl::shape input{6, 4, 5};
  static constexpr tl::shape output{6, 4, 5};
  static constexpr double loss = -3.5458509614806086;
  static constexpr products y = {1.0282337775557178, -0.39611782296800824, -5.228200771126131};
  static constexpr products input_gradient = {0.09132423928853228, 9.367014513017581, -2.7388399912887085};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{-10.400008504594343, 4.964855268609026, -6.271478221701722}, {4.507737476378679, -1.3942097118124366, -2.7589941900223494}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct group_norm_vector {
  using layer = tl::group_norm<2>;
  static constexpr tl::shape input{16};
  static constexpr tl::shape output{16};
  static constexpr double loss = 2.7425494142726885;
  static constexpr products y = {1.1688680947592531, -0.8748180069688318, -3.80434176489159};
  static constexpr products input_gradient = {1.6003630844866714, -0.8963104343758772, -0.766062738612726};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{0.5436685658382616, -5.391903460125062, -0.9702076701268352}, {0.7573035703971982, 1.947760196402669, 1.7181036993861198}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct group_norm_one {
  using layer = tl::group_norm<1>;
  static constexpr tl::shape input{4, 9};
  static constexpr tl::shape output{4, 9};
  static constexpr double loss = -1.5580906658084428;
  static constexpr products y = {0.4442412785765959, -4.01062820669952, -4.1223373601265125};
  static constexpr products input_gradient = {1.1953229295587489, 1.8075332082544198, -0.023080534616290727};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{2.8527362516149375, -0.4424223734990371, -3.0744511679929207}, {7.526417115703225, -1.714320802129805, -2.6903011556714773}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct instance_norm {
  using layer = tl::instance_norm<>;
  static constexpr tl::shape input{5, 4, 3};
  static constexpr tl::shape output{5, 4, 3};
  static constexpr double loss = 7.511085029470857;
  static constexpr products y = {-2.6422843317746176, -6.406926578536909, -18.936006908512084};
  static constexpr products input_gradient = {0.3546875078279963, -0.5613951638628204, 0.7141054597138687};
  static constexpr int parameters = 0;
  static constexpr products gradients[] = {{0.0}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct instance_norm_affine {
  using layer = tl::instance_norm<0.001, tl::affine::on>;
  static constexpr tl::shape input{5, 7};
  static constexpr tl::shape output{5, 7};
  static constexpr double loss = -1.329279012829071;
  static constexpr products y = {-0.5664770421042603, 2.342747818852682, -2.778437415941611};
  static constexpr products input_gradient = {-0.03523321170941829, -1.6520270782450037, -1.0938255310106317};
  static constexpr int parameters = 2;
  static constexpr products gradients[] = {{3.2465447266164507, 2.1715841448293487, -0.2924391824931023}, {6.46238231100142, 1.0894484054297209, -1.0625613667070866}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

struct deep {
  using layer = tl::sequential<tl::conv2d<4, tl::kernel{.size = 3, .padding = 1}>, tl::relu, tl::max_pool2d<2>, tl::conv2d<5, tl::kernel{.size = 3, .stride = 2, .padding = 1}>, tl::tanh, tl::flatten, tl::dense<6>>;
  static constexpr tl::shape input{2, 8, 6};
  static constexpr tl::shape output{6};
  static constexpr double loss = 2.3982819089131846;
  static constexpr products y = {-4.1072991695980825, 2.687262463383138, -2.446257758473785};
  static constexpr products input_gradient = {-0.752229383610632, -0.9701708713651155, 2.9950266242255497};
  static constexpr int parameters = 6;
  static constexpr products gradients[] = {{1.5132232230371885, 3.4463404202875183, 3.604656200226}, {1.0157706057145968, 2.1160768903507123, -1.7459274684422679}, {1.9679884696535113, 1.2923847878174746, -3.492789121601834}, {1.4036194279843497, -3.5510009147884487, -0.25279839391812087}, {3.9189747348041424, 1.8951225174386557, 5.113733667236389}, {-1.7689336379989982, 2.7798386523500085, 2.9220120469108224}};
  static constexpr int statistic_count = 0;
  static constexpr products statistics[] = {{0.0}};
};

}  // namespace golden::space
