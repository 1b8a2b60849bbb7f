#pragma once
// Written by tests/golden/attention.py from PyTorch in double precision. Each array of products has
// three products of a value with known numbers, which stand for all of its elements.
#include <tapeless/tapeless.hpp>

namespace golden::attention {

namespace tl = tapeless;
using products = double[3];

/// What the numbers of an input are: any, or a mask made of them.
enum class kind { any, shown, hidden, some, added };

/// The function as a layer of three or four values.
template <tl::attention_settings S>
struct dot_product {
  static constexpr tl::value lower(tl::graph&, tl::value q, tl::value k, tl::value v) {
    return tl::math::scaled_dot_product_attention(q, k, v, S);
  }
  static constexpr tl::value lower(tl::graph&, tl::value q, tl::value k, tl::value v,
                                   tl::value masked) {
    return tl::math::scaled_dot_product_attention(q, k, v, masked, S);
  }
};
template <tl::rotary Pairs, double Base>
struct turned {
  static constexpr tl::value lower(tl::graph&, tl::value x) {
    return tl::math::rotary_positions(x, Pairs, Base);
  }
};

struct sdpa_plain {
  using layer = dot_product<tl::attention_settings{}>;
  static constexpr int values = 3, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{5, 4}, tl::shape{5, 4}, tl::shape{5, 4}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{5, 4};
  static constexpr double loss = 0.5449688246137734;
  static constexpr products y = {-1.0006707319625352, 0.6689112254881281, 1.0362983726260993};
  static constexpr products input_gradients[] = {{0.3173137199667762, 0.472163233691894, 0.6143060428863725}, {-0.2443196249585668, -0.33281585070124414, -0.02340084077856177}, {0.8216843185822549, -0.10203057296737489, 2.8182156050869906}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_heads {
  using layer = dot_product<tl::attention_settings{}>;
  static constexpr int values = 3, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{2, 7, 3}, tl::shape{2, 7, 3}, tl::shape{2, 7, 3}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{2, 7, 3};
  static constexpr double loss = 0.46662627447698624;
  static constexpr products y = {0.6583891700866356, 3.2564305430064513, -0.7802954094195913};
  static constexpr products input_gradients[] = {{0.37868267241869535, -0.8367431857885876, -0.07427610588122224}, {-0.34869094588650296, -0.23018356786058575, -0.26343398134585655}, {1.0126534850244058, -1.027819194952143, 0.09952659152163545}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_cross {
  using layer = dot_product<tl::attention_settings{}>;
  static constexpr int values = 3, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{4, 6}, tl::shape{9, 6}, tl::shape{9, 5}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{4, 5};
  static constexpr double loss = 1.0511887099202883;
  static constexpr products y = {-0.9104391606547118, -0.6675560350654619, 0.14931843895431046};
  static constexpr products input_gradients[] = {{-0.6947900322422558, -0.29932870273762036, 0.2880623615474468}, {0.2151660711297085, -0.008813400283022216, -0.048250187456723506}, {0.47216291332048177, 0.19923205975362834, -0.23152315216269304}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_causal {
  using layer = dot_product<tl::attention_settings{.causal = true}>;
  static constexpr int values = 3, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{2, 17, 4}, tl::shape{2, 17, 4}, tl::shape{2, 17, 4}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{2, 17, 4};
  static constexpr double loss = -0.543518797696222;
  static constexpr products y = {5.652604636139043, 2.4611719526009823, -3.5882160985543403};
  static constexpr products input_gradients[] = {{0.47718498161788986, 1.6650136259763062, -0.03268300907068766}, {0.15607818265277962, 0.10885967135039842, -0.19972458846179053}, {0.2535612943787905, 2.2674169063398435, -1.8946714391777197}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_causal_longer {
  using layer = dot_product<tl::attention_settings{.causal = true, .scale = 0.7}>;
  static constexpr int values = 3, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{3, 5}, tl::shape{6, 5}, tl::shape{6, 2}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{3, 2};
  static constexpr double loss = 1.7395105715043635;
  static constexpr products y = {-1.7402896193954067, 0.06073795829087425, -0.8909590032356529};
  static constexpr products input_gradients[] = {{-0.07366015237769355, -0.0958127311810565, -0.014334540671591192}, {-0.17635271118015766, -0.019575370891420793, -0.1265211931311567}, {-2.0564737088503398, 1.5086012324158542, 1.202496294570104}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_causal_shorter {
  using layer = dot_product<tl::attention_settings{.causal = true}>;
  static constexpr int values = 3, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{6, 5}, tl::shape{3, 5}, tl::shape{3, 2}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{6, 2};
  static constexpr double loss = -1.2397916096025319;
  static constexpr products y = {-0.743872866122411, 1.1551470685519376, 0.16161189219766425};
  static constexpr products input_gradients[] = {{0.21290991099850098, -0.35183323075175266, 0.07734178698793312}, {0.2070450500110601, 0.22957341674872284, 0.09359418164776151}, {-0.7182416440663626, -0.9479587597214078, 0.6080926212422982}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_added {
  using layer = dot_product<tl::attention_settings{}>;
  static constexpr int values = 4, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{2, 5, 4}, tl::shape{2, 6, 4}, tl::shape{2, 6, 3}, tl::shape{5, 6}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any, kind::added};
  static constexpr tl::shape output = tl::shape{2, 5, 3};
  static constexpr double loss = -0.10505580329982617;
  static constexpr products y = {-0.03894690255164493, -0.8280871458066972, -2.6118877884123908};
  static constexpr products input_gradients[] = {{0.09180086207068562, -1.0600489232408357, 0.026450317036156856}, {-0.20672754770162055, -0.7506460481591122, -0.5464709993691986}, {1.0068150110093699, 0.9799783982700576, 0.7317265979557805}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_shown {
  using layer = dot_product<tl::attention_settings{.masked = tl::mask::shown}>;
  static constexpr int values = 4, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{2, 5, 4}, tl::shape{2, 6, 4}, tl::shape{2, 6, 3}, tl::shape{2, 5, 6}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any, kind::some};
  static constexpr tl::shape output = tl::shape{2, 5, 3};
  static constexpr double loss = -0.4427532602107697;
  static constexpr products y = {1.5937660116892047, 0.12706202305825265, 0.13221583171901385};
  static constexpr products input_gradients[] = {{-0.15620639291280627, -0.8210598672864907, -0.5070872882921812}, {-0.3750603133593864, -0.8913329660955749, -0.3807656861713963}, {0.9667549027285971, 0.6984281198982671, 0.8346098138785533}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_hidden_keys {
  using layer = dot_product<tl::attention_settings{.masked = tl::mask::hidden}>;
  static constexpr int values = 4, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{5, 4}, tl::shape{6, 4}, tl::shape{6, 16}, tl::shape{6}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any, kind::hidden};
  static constexpr tl::shape output = tl::shape{5, 16};
  static constexpr double loss = 1.0846069561507452;
  static constexpr products y = {0.7671212420839126, 3.2061739365957425, -1.7559165324041617};
  static constexpr products input_gradients[] = {{-2.762935056860538, 0.7081189679828422, 0.23226262243260248}, {-0.09681487948310674, 1.0202909679298733, -0.5566223345890688}, {-0.15967608655160237, 2.3493995335269924, -3.2697229221106805}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_grouped {
  using layer = dot_product<tl::attention_settings{}>;
  static constexpr int values = 3, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{6, 5, 4}, tl::shape{3, 8, 4}, tl::shape{3, 8, 4}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{6, 5, 4};
  static constexpr double loss = -1.6869357714635669;
  static constexpr products y = {0.18074908838322545, -0.22204268733472698, -2.9346562063686905};
  static constexpr products input_gradients[] = {{0.15600165483911152, -0.8237899051079, -0.9643771452003499}, {0.6671956161925457, 0.9231738252599182, 0.1282450883974343}, {2.9744764695090353, -1.1824909767173213, 2.6887051819252483}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_grouped_shown {
  using layer = dot_product<tl::attention_settings{.masked = tl::mask::shown}>;
  static constexpr int values = 4, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{4, 5, 4}, tl::shape{2, 5, 4}, tl::shape{2, 5, 4}, tl::shape{4, 5, 5}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any, kind::shown};
  static constexpr tl::shape output = tl::shape{4, 5, 4};
  static constexpr double loss = -5.093966449298745;
  static constexpr products y = {-3.8487351820568323, 7.627383284847453, -3.2061306756757055};
  static constexpr products input_gradients[] = {{0.19691345240833777, -0.9555911306306748, -0.6681306203652565}, {0.4006402032978582, -1.0857870844366815, 0.48434506294902097}, {1.9462630185452994, -1.1753052942352022, -2.2559117346250273}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sdpa_multi_query {
  using layer = dot_product<tl::attention_settings{.scale = 0.25}>;
  static constexpr int values = 3, learnt = 3, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{4, 5, 3}, tl::shape{7, 3}, tl::shape{7, 3}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{4, 5, 3};
  static constexpr double loss = -0.23850646597088387;
  static constexpr products y = {0.22320104224311932, -1.2951094211236949, -0.7805173228789728};
  static constexpr products input_gradients[] = {{0.5601771661259274, -0.4308109072988939, 0.2591809871495482}, {-0.17866712697915457, 0.13281579449155032, -0.19899900747692517}, {4.4382607934119145, -0.8108888682930098, -2.2360365591509157}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct mha_self {
  using layer = tl::multi_head_attention<8, 2>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{6, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{6, 8};
  static constexpr double loss = 2.602670641635094;
  static constexpr products y = {-1.764601502411958, -1.7337007246435223, -0.5204999534249558};
  static constexpr products input_gradients[] = {{0.15433198967801787, 0.03230078675442652, -0.045704504307608806}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{0.8613006441836821, 1.9492622878912655, -0.9512651591678403}, {-2.4675937210764287, -2.056355877658052, 2.1492690976209294}, {-1.2845626859765489, -2.4801489621633177, -0.48897174492325246}, {1.7955923918634653, 0.6264721797779202, 2.2113006114959717}};
};

struct mha_one_head {
  using layer = tl::multi_head_attention<5, 1>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{4, 5}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{4, 5};
  static constexpr double loss = 1.8684193629865424;
  static constexpr products y = {-0.11965095794127201, 0.5380627410604434, 0.7788622638773327};
  static constexpr products input_gradients[] = {{-0.32401052686511006, -0.7208453892114454, 0.09000922008628215}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{0.7441092964919034, 0.4056898045723082, 0.026589040057887925}, {-0.3168504295533531, 0.5612183386156114, -0.8376339190277201}, {-0.03562436854904372, -0.6820673924437274, 1.9992131140302876}, {-3.1318215364590287, 2.644331907853484, 2.731146757490933}};
};

struct mha_wide {
  using layer = tl::multi_head_attention<48, 3, tl::attention_settings{.causal = true}>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{9, 48}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{9, 48};
  static constexpr double loss = 10.740335901098415;
  static constexpr products y = {8.86699563497788, -4.4684789654872095, 10.090517655192057};
  static constexpr products input_gradients[] = {{-0.08161513997778291, -1.739133678907697, -1.4218863001381656}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{-5.4891042361575435, -3.3962705721515487, -12.987160437700773}, {-0.42100573442874545, -4.101540862344168, -4.284671432024969}, {-6.800738184598153, -13.688061072131521, 11.334253436974503}, {15.349681485444307, 12.54741886537522, -2.335647603496909}};
};

struct mha_bare {
  using layer = tl::multi_head_attention<8, 4, tl::attention_settings{.bias = false}>;
  static constexpr int values = 1, learnt = 1, parameters = 2;
  static constexpr tl::shape input[] = {tl::shape{5, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = -0.08415010047975524;
  static constexpr products y = {0.7379747215675792, 0.9280068433418996, 0.44671178183125687};
  static constexpr products input_gradients[] = {{-0.20546243250188753, -0.45884084432860806, -0.24937109229331983}};
  static constexpr const char* names[] = {"in_proj_weight", "out_proj.weight"};
  static constexpr products gradients[] = {{-0.6908814582384737, 1.513191433842593, -0.8964795584577847}, {0.31727164833807164, -1.3960365312087002, 1.5056528219162466}};
};

struct mha_cross {
  using layer = tl::multi_head_attention<8, 2>;
  static constexpr int values = 2, learnt = 2, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{4, 8}, tl::shape{7, 8}};
  static constexpr kind kinds[] = {kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{4, 8};
  static constexpr double loss = 2.110361190117425;
  static constexpr products y = {-2.929201382774256, -0.6239185625770858, -0.16757691463237268};
  static constexpr products input_gradients[] = {{0.005375248304078196, 0.027839631182747245, -0.0346396468061792}, {-0.043528712657840876, -0.08007392112615472, -0.12327768887328895}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{1.3481039385153544, -0.21806947004309218, 0.7812173390659178}, {-1.5011199087799518, -1.2616843631975927, 0.5069136183626806}, {-2.113333066148832, 0.5963851321714255, -1.180894774127918}, {0.6687877457588911, 0.6306628072634339, 2.237830540165305}};
};

struct mha_memory {
  using layer = tl::multi_head_attention<8, 2>;
  static constexpr int values = 2, learnt = 2, parameters = 6;
  static constexpr tl::shape input[] = {tl::shape{4, 8}, tl::shape{7, 6}};
  static constexpr kind kinds[] = {kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{4, 8};
  static constexpr double loss = 1.288990745031588;
  static constexpr products y = {0.6695028443190605, 2.194094594031986, 0.7780276521196515};
  static constexpr products input_gradients[] = {{-0.024899426274345056, 0.06667263994063978, -0.0015983344822532372}, {-0.03357847474873463, -0.11198655689014841, 0.006939558900902622}};
  static constexpr const char* names[] = {"q_proj_weight", "k_proj_weight", "v_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{-0.16209684114337097, -0.21115914416967202, -0.11090037735395748}, {-0.07470475338668633, 0.027054850974046182, 0.19491573005509846}, {0.030591157998339003, 0.24522354554961642, -0.5593688160805257}, {0.7118382635800735, 0.9965015642842484, 0.19308071537590346}, {-1.672101472611213, -0.03373889626390869, -0.9458561634882103}, {0.6687877457588911, 0.6306628072634339, 2.237830540165305}};
};

struct mha_hidden {
  using layer = tl::multi_head_attention<8, 2, tl::attention_settings{.masked = tl::mask::hidden}>;
  static constexpr int values = 3, learnt = 2, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{5, 8}, tl::shape{6, 8}, tl::shape{5, 6}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::hidden};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = 2.617671509214347;
  static constexpr products y = {-2.584018686881322, 0.06248821716606498, -1.504837838544518};
  static constexpr products input_gradients[] = {{0.01575828721718684, -0.0007939073481796378, -0.05041692360475399}, {-0.0999459758615093, 0.1562632079511351, -0.053799106354165606}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{0.8492989393402303, -0.6490804327222679, -0.08238086081278648}, {-1.9341664003046377, -1.8701998534544255, 0.9360513962948918}, {-1.396504330274238, 1.1928717396142297, -0.928814301620819}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}};
};

struct mha_padding {
  using layer = tl::multi_head_attention<6, 3, tl::attention_settings{.masked = tl::mask::hidden}>;
  static constexpr int values = 3, learnt = 2, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{5, 6}, tl::shape{6, 6}, tl::shape{6}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::hidden};
  static constexpr tl::shape output = tl::shape{5, 6};
  static constexpr double loss = 1.465826822311827;
  static constexpr products y = {2.348949174651506, 0.6290953442463929, -1.2626788978070054};
  static constexpr products input_gradients[] = {{-0.011649230453414351, 0.25939690350083855, 0.06341820441038325}, {-0.12692896476941898, 0.05306370699572724, -0.017610430168465252}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{-2.1185555078421383, 0.20387201238584685, -0.5098059942521792}, {-1.4049268483131585, 1.1788241579312222, -0.14931554201660963}, {1.121334635663951, -1.2193162033023524, -2.293804210007046}, {0.771709025837481, -2.1305600591003895, 2.2437012381851673}};
};

struct mha_grouped {
  using layer = tl::multi_head_attention<12, 6, tl::attention_settings{.causal = true, .kv_heads = 2}>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{5, 12}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 12};
  static constexpr double loss = -2.4741312840849607;
  static constexpr products y = {2.0283594522346, -3.500704035016279, 0.660688170074205};
  static constexpr products input_gradients[] = {{-0.1891368223452365, -0.24844658043503082, -1.024287075412869}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{-2.6087940897226436, -2.285030013275578, -1.9589599492348788}, {0.5422965237504591, 0.36287657697933273, 1.036307372051824}, {3.327899039077206, -1.2304016020965498, 1.5704062974264206}, {8.313717605546117, -5.347876343876123, -3.8282054578885436}};
};

struct mha_multi_query {
  using layer = tl::multi_head_attention<8, 4, tl::attention_settings{.kv_heads = 1}>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{5, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = 0.6784398112730634;
  static constexpr products y = {-5.337401960262364, 0.5741873822454643, -2.144818867214418};
  static constexpr products input_gradients[] = {{0.2739302644309749, 0.03712797473305006, 0.0060212849414574415}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{1.5056098158805014, -1.1067508861711934, -0.8741138090023584}, {0.7457326385966616, -1.3029561562855267, -0.09463812415361816}, {2.0998972447751867, -4.119152554285569, -0.8488162080573973}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}};
};

struct rotary_interleaved {
  using layer = turned<tl::rotary::interleaved, 10000.0>;
  static constexpr int values = 1, learnt = 1, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{7, 6}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{7, 6};
  static constexpr double loss = 2.39224627849526;
  static constexpr products y = {6.602647767978906, -1.1834320375723921, -5.142590181659112};
  static constexpr products input_gradients[] = {{1.2804488129025056, -2.2681538593855954, 4.522651673684475}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct rotary_interleaved_heads {
  using layer = turned<tl::rotary::interleaved, 100.0>;
  static constexpr int values = 1, learnt = 1, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{2, 5, 32}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{2, 5, 32};
  static constexpr double loss = 11.489170849136206;
  static constexpr products y = {1.548623219070894, -16.20595135773054, -0.6450850902646199};
  static constexpr products input_gradients[] = {{11.356099093063388, -1.119373614573796, 2.9643029252431106}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct mha_interleaved {
  using layer = tl::multi_head_attention<16, 2, tl::attention_settings{.causal = true, .kv_heads = 1, .positions = tl::rotary::interleaved}>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{6, 16}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{6, 16};
  static constexpr double loss = -0.4202386276106762;
  static constexpr products y = {-1.6073487965477984, -4.122350133446725, -3.0353110696725714};
  static constexpr products input_gradients[] = {{1.2565268427021992, -1.1464487973623922, -0.23562500185784935}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{-4.013476194672855, -0.7555270116796517, 7.76384712019056}, {1.6112315807266875, -0.5823982880734411, -0.9606514819728835}, {1.5313950751832568, -0.779584033180033, -2.1324900797748785}, {-6.238331185653806, 3.6021469067782164, -10.318248911760747}};
};

struct rotary_half_split {
  using layer = turned<tl::rotary::half_split, 10000.0>;
  static constexpr int values = 1, learnt = 1, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{7, 6}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{7, 6};
  static constexpr double loss = 1.4102614308709989;
  static constexpr products y = {2.91642520017985, -5.102165090516051, -2.4446924711791604};
  static constexpr products input_gradients[] = {{-2.0079008225415262, -7.011267861667593, 3.7246507935792006}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct rotary_half_split_heads {
  using layer = turned<tl::rotary::half_split, 100.0>;
  static constexpr int values = 1, learnt = 1, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{2, 5, 32}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{2, 5, 32};
  static constexpr double loss = 3.880929181492879;
  static constexpr products y = {2.88786837657017, -5.58689705831236, 4.396657957878344};
  static constexpr products input_gradients[] = {{13.765554735055819, -9.339870153832749, -1.3462545847163145}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct mha_half_split {
  using layer = tl::multi_head_attention<16, 2, tl::attention_settings{.causal = true, .kv_heads = 1, .positions = tl::rotary::half_split}>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{6, 16}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{6, 16};
  static constexpr double loss = -0.4643671371499427;
  static constexpr products y = {-1.6412656150068075, -4.123247949523861, -3.0353451872719415};
  static constexpr products input_gradients[] = {{1.3172244633271926, -1.0922436046028043, -0.25964600228141926}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{-3.3733170809988304, -1.819049575958112, 6.797061559312088}, {1.491932296911656, -0.5063160572117038, -0.9820370987233771}, {2.2113969003306178, -1.2904908713608576, -2.5591750147352443}, {-6.238331185653806, 3.6021469067782164, -10.318248911760747}};
};

struct mha_bias_far {
  using layer = tl::multi_head_attention<8, 2, tl::attention_settings{.relative = tl::score_bias::learnt, .reach = 32}>;
  static constexpr int values = 1, learnt = 1, parameters = 5;
  static constexpr tl::shape input[] = {tl::shape{5, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = 1.6015814337936276;
  static constexpr products y = {-0.379468598595735, 0.008140313579832803, 0.3182249134714774};
  static constexpr products input_gradients[] = {{-0.1041446690504634, 0.3941738861498642, -0.21644670099051636}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "relative_attention_bias.weight", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{2.002920888696014, 1.0144167861288977, -0.5603478069355681}, {0.7718169479110389, 0.08364532022447457, -0.9015545699250915}, {-0.12875525128386645, -0.3166191097101924, 0.12841485267128772}, {-2.1049924764287224, -0.18498879254442235, 0.2995048379859815}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}};
};

struct mha_bias_clipped {
  using layer = tl::multi_head_attention<8, 2, tl::attention_settings{.causal = true, .relative = tl::score_bias::learnt, .reach = 2}>;
  static constexpr int values = 1, learnt = 1, parameters = 5;
  static constexpr tl::shape input[] = {tl::shape{7, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{7, 8};
  static constexpr double loss = 4.006462587461899;
  static constexpr products y = {-0.38471001933228655, -1.6717603121221523, 1.1178797109386174};
  static constexpr products input_gradients[] = {{0.17520249112120437, -0.32853375936130624, -1.4406605905594434}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "relative_attention_bias.weight", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{0.7873376387030611, 0.8166201642641805, -1.4057395277490543}, {0.883735852880053, -0.3497486628599443, -1.3562115090027254}, {0.177316372262523, 0.35131576730640124, -0.28841672995074363}, {-2.3932338849316253, -5.320951972738886, 0.5197832319181614}, {3.2552163749933243, 4.698553268797696, 1.7845783866941929}};
};

struct mha_bias_grouped {
  using layer = tl::multi_head_attention<8, 4, tl::attention_settings{.kv_heads = 2, .relative = tl::score_bias::learnt, .reach = 1}>;
  static constexpr int values = 1, learnt = 1, parameters = 5;
  static constexpr tl::shape input[] = {tl::shape{5, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = 1.0697639972241526;
  static constexpr products y = {1.994300979239268, -1.4023321720981468, 0.11943934703570891};
  static constexpr products input_gradients[] = {{0.022198676442579196, -0.14369628438578647, 0.029723993706705885}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "relative_attention_bias.weight", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{0.23688516173394225, -1.7438799391760405, 2.974694673008421}, {1.2552681070649785, -0.3274304678994703, 1.1102134542339765}, {-0.1064334430301529, -0.09266332120538201, 0.0013054718216530328}, {0.8850347072899818, 0.08466921423541252, 1.2164018887898198}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}};
};

struct mha_alibi {
  using layer = tl::multi_head_attention<8, 4, tl::attention_settings{.causal = true, .relative = tl::score_bias::alibi}>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{6, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{6, 8};
  static constexpr double loss = 1.957429750055954;
  static constexpr products y = {-1.5276363481442443, -2.452092107331535, -0.7450512162769232};
  static constexpr products input_gradients[] = {{0.065190434926327, 0.8382843266292904, 1.1393499957801634}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{1.7368608124793035, 2.5268814538669444, -1.0030926877460518}, {-2.6262150626367293, -2.2380939629967225, 1.965569933342931}, {-2.4295765907491456, -5.080006183339034, -2.5908489427679573}, {1.7955923918634653, 0.6264721797779202, 2.2113006114959717}};
};

struct mha_alibi_six {
  using layer = tl::multi_head_attention<12, 6, tl::attention_settings{.relative = tl::score_bias::alibi}>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{6, 12}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{6, 12};
  static constexpr double loss = -3.477156945365695;
  static constexpr products y = {3.243486019073048, -3.15986559722751, -3.1554112884812913};
  static constexpr products input_gradients[] = {{0.8918448263003551, 0.17109268209039818, 0.5374099323472368}};
  static constexpr const char* names[] = {"in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"};
  static constexpr products gradients[] = {{1.348730170783289, 0.7726132821876831, -3.089556822529799}, {-4.213943349741172, 1.0070799039992122, 0.30048689926884853}, {0.8525428601762592, 8.323785850492841, -4.151337593660208}, {8.114070568233728, -5.416799869388342, -5.769817981868982}};
};

struct sinusoidal {
  using layer = tl::sinusoidal_positions<>;
  static constexpr int values = 1, learnt = 1, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{9, 6}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{9, 6};
  static constexpr double loss = 14.060747258156466;
  static constexpr products y = {9.58432940088547, -0.7961675790666434, -8.604556997328952};
  static constexpr products input_gradients[] = {{0.10158464126288891, 0.28163450211286545, 4.663993282243609}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct sinusoidal_odd {
  using layer = tl::sinusoidal_positions<>;
  static constexpr int values = 1, learnt = 1, parameters = 0;
  static constexpr tl::shape input[] = {tl::shape{40, 7}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{40, 7};
  static constexpr double loss = 24.58019484141994;
  static constexpr products y = {-5.860273350079703, -15.842913937318821, -8.994073733057164};
  static constexpr products input_gradients[] = {{5.984317682683468, 6.31583790294826, -4.4232819471508265}};
  static constexpr const char* names[] = {nullptr};
  static constexpr products gradients[] = {{0.0}};
};

struct learnt_all {
  using layer = tl::learnt_positions<7>;
  static constexpr int values = 1, learnt = 1, parameters = 1;
  static constexpr tl::shape input[] = {tl::shape{7, 6}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{7, 6};
  static constexpr double loss = -0.37602115368993294;
  static constexpr products y = {-1.8965485386841814, -3.5251152928780742, -7.2805790247510185};
  static constexpr products input_gradients[] = {{-2.245570020750165, -2.456247080117464, 1.0038263853639364}};
  static constexpr const char* names[] = {"weight"};
  static constexpr products gradients[] = {{-2.245570020750165, -2.456247080117464, 1.0038263853639364}};
};

struct learnt_part {
  using layer = tl::learnt_positions<9>;
  static constexpr int values = 1, learnt = 1, parameters = 1;
  static constexpr tl::shape input[] = {tl::shape{4, 5}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{4, 5};
  static constexpr double loss = 2.1004523905447865;
  static constexpr products y = {1.85386591544448, -3.639460425532011, -3.0420638790947914};
  static constexpr products input_gradients[] = {{-1.9263032441958785, 2.3176535656675696, 3.0225227335467935}};
  static constexpr const char* names[] = {"weight"};
  static constexpr products gradients[] = {{-1.9263032441958785, 2.3176535656675696, 3.0225227335467935}};
};

struct encoder_post {
  using layer = tl::transformer_encoder_layer<8, 2, 12>;
  static constexpr int values = 1, learnt = 1, parameters = 12;
  static constexpr tl::shape input[] = {tl::shape{5, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = -2.6565260519650677;
  static constexpr products y = {1.3853429888165674, 1.4293115303737378, -0.41831744686844274};
  static constexpr products input_gradients[] = {{-1.7344985757817697, 1.4371776925767203, 2.0959039590663213}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"};
  static constexpr products gradients[] = {{0.3291620306296559, 0.11935727649270204, -0.20903893209164465}, {-0.3756870527133665, -0.6159134523494347, 0.16689148738638998}, {-0.650956706281102, -0.36252848286370454, 0.4169831798887318}, {-0.5189945465501596, 1.567953686896792, -0.5975506781469511}, {0.012711184893265781, -0.7092620332172084, 1.0665577820878536}, {-0.20057629125901713, -0.8057058280062896, -0.5682815990794098}, {1.9818250699770907, -0.7185083892801445, 1.584167689912883}, {0.3094563768765994, 0.007024899326259659, -2.0038576015876144}, {-1.3062047859886932, 7.031088140066543, 3.4414366250032957}, {0.3001745721624103, 0.6962426478297289, -2.1532033975194027}, {0.7079077468262782, -1.4551340300684334, 4.017845597815373}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}};
};

struct encoder_pre {
  using layer = tl::transformer_encoder_layer<8, 2, 20, tl::transformer_settings{.norm_first = true}, tl::gelu>;
  static constexpr int values = 1, learnt = 1, parameters = 12;
  static constexpr tl::shape input[] = {tl::shape{5, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = 0.2279390496643221;
  static constexpr products y = {-10.03055852415862, -2.5378469743082723, -8.690634506706656};
  static constexpr products input_gradients[] = {{-1.8254067115368824, 0.6362237390091718, -3.5379003141330734}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"};
  static constexpr products gradients[] = {{-0.12059194931710435, 2.5862604032552516, 0.037376889296902915}, {-1.8619344412749754, -2.059366220643218, 0.9890398171944453}, {-2.9816978837174393, -1.1812813073069894, -2.5684248957860105}, {1.9448874512123138, -0.028980988762069726, 2.089143572442131}, {-0.3660392895625356, 0.8641345492127017, -0.36583904154284486}, {-0.38421749313582637, -0.6427321906484978, 0.39452877878647064}, {0.45884654200566244, 5.492130306815185, -4.720513131730122}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}, {0.38247325035562607, -0.758885333152398, 0.3509510276481256}, {-0.33774393734921604, -0.1864218642478968, 0.2919234828866465}, {-0.004302304489126441, 0.6844252567057356, 0.05508189072436746}, {0.4273315916024045, -0.2009091549954507, 0.2904995354249589}};
};

struct encoder_causal {
  using layer = tl::transformer_encoder_layer<6, 3, 16, tl::transformer_settings{.attention = {.causal = true}}, tl::relu>;
  static constexpr int values = 1, learnt = 1, parameters = 12;
  static constexpr tl::shape input[] = {tl::shape{7, 6}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{7, 6};
  static constexpr double loss = -1.6156950968960044;
  static constexpr products y = {-0.09345196132320588, 4.261574040724378, 1.2746893833606243};
  static constexpr products input_gradients[] = {{-1.3601055865669904, -0.5397590019081395, 1.1407548259788347}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"};
  static constexpr products gradients[] = {{-0.011700057952302667, 0.43907654824441295, -0.1859038203310056}, {-0.515646228795977, 0.06330276860871475, -0.4515906747829114}, {-0.404026564279217, 0.8779414934815049, 0.48157474995902816}, {-0.43013840190580804, 0.2949303972810261, 0.8793703386304386}, {-0.07489788353698462, 1.3114083282520506, 0.25815751675187615}, {-1.1519859070325547, 1.5286209030881293, -0.4528113537384073}, {2.2125783412277524, -0.9114594189372397, -1.4619829860230917}, {-1.2179075690380268, -2.482455127497401, -1.0794458501021253}, {-2.3941559444123426, -1.1572844829113038, 1.3674834169961478}, {-1.4340449693977813, -2.058646580168878, -1.002786182359094}, {1.8016972474341324, -0.9331746437614377, 2.442296473812467}, {1.4585832692682743, -4.535514049232006, 2.9392822617664933}};
};

struct encoder_hidden {
  using layer = tl::transformer_encoder_layer<8, 2, 7, tl::transformer_settings{.attention = {.masked = tl::mask::hidden}}, tl::gelu>;
  static constexpr int values = 2, learnt = 1, parameters = 12;
  static constexpr tl::shape input[] = {tl::shape{5, 8}, tl::shape{5, 5}};
  static constexpr kind kinds[] = {kind::any, kind::hidden};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = -2.4333896154340375;
  static constexpr products y = {1.4129209651586014, 0.5987878186424374, -0.2679288698957938};
  static constexpr products input_gradients[] = {{-1.9144136170902095, 0.08828092994958064, 1.6919715756362002}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"};
  static constexpr products gradients[] = {{0.19985006267725153, -0.0749873197668835, -0.6313694710620823}, {-0.22057021173723024, -0.5026963153786678, 0.06291271530867576}, {-0.2679964881639283, -0.7808005014791259, 1.3089142754075258}, {-0.2829742692536551, 1.5639287506842143, -0.6088059888953186}, {-0.04717268409831388, 0.5964541630790716, 0.7785260414917933}, {-0.44602736136044085, 0.15422396917254816, 0.5915744951633262}, {0.09366310733007721, -0.8834682875273097, -0.16588644545991682}, {-0.09158315800414216, -0.9884295702526873, -1.4568692679026434}, {-0.9555895990337169, 4.076335924649117, 3.9982204197437}, {0.10256151285241238, -1.0386679309642857, -1.3488770341677196}, {0.058320302157141235, -1.7523812970136703, 3.9040876477645154}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}};
};

struct encoder_wide {
  using layer = tl::transformer_encoder_layer<32, 4, 64, tl::transformer_settings{.norm_first = true, .attention = {.causal = true}}, tl::relu>;
  static constexpr int values = 1, learnt = 1, parameters = 12;
  static constexpr tl::shape input[] = {tl::shape{16, 32}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{16, 32};
  static constexpr double loss = 0.8392443256579509;
  static constexpr products y = {-10.298068127593982, -2.9359190610387893, 2.4166732043123624};
  static constexpr products input_gradients[] = {{16.728306769022026, 22.8054970619657, -11.158873580283649}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"};
  static constexpr products gradients[] = {{7.43544460712309, 10.165103240506118, -0.5245830862391387}, {7.117007684513142, -1.9999426888018106, 1.1234326328818045}, {20.846082472557818, -30.10093035728429, 37.55096365804184}, {6.46484993571777, 1.0500408094670952, 1.0158869434849658}, {-5.851074140904788, -16.329726407863447, -8.546511102083171}, {5.18220060815208, 1.7474980235405297, 3.4578887817263535}, {20.449439716995315, -48.77184096034881, 18.45384375001227}, {7.004033392295241, 1.039419636130333, 0.639176644384861}, {-0.6698065025685074, -0.5467775218335977, 1.418358383226784}, {2.9932262811511747, 6.8687222484671, -3.626723552915789}, {-1.260403231359324, 6.292978015866485, 2.082804849781499}, {1.4655729152123786, 9.040529206112591, -0.1015158109110672}};
};

struct encoder_epsilon {
  using layer = tl::transformer_encoder_layer<20, 5, 9, tl::transformer_settings{.epsilon = 0.01}, tl::relu>;
  static constexpr int values = 1, learnt = 1, parameters = 12;
  static constexpr tl::shape input[] = {tl::shape{4, 20}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{4, 20};
  static constexpr double loss = -3.120855898215564;
  static constexpr products y = {-5.629803812585155, -4.379893180279784, 4.3056259816719376};
  static constexpr products input_gradients[] = {{-1.6626660784443086, -2.271366111173236, 1.3918745475782097}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias"};
  static constexpr products gradients[] = {{1.0456346377326875, -0.2997289018482523, -0.15643944930667936}, {1.183159052744677, 0.039865553332474324, 1.4975688912842604}, {4.49105519743192, 2.0150948820151102, 1.951266418314062}, {0.03988929586174916, -0.707224366742813, 1.0452685807801725}, {1.5610280733863413, 1.5778254297591303, 3.3126401562192003}, {-0.9908966218367967, 1.9684757561431545, -1.3959653253330095}, {2.7254609058162385, 0.027427905122947127, -3.7763351413537745}, {-3.993760632239671, -4.315560326931801, -4.221924827385162}, {2.434917110452134, -0.33828719255551953, -3.568920608532287}, {-4.649657683561806, -4.156118671672247, -4.612578739960464}, {7.249720906246905, -1.7416216560913915, -9.781402780757645}, {-2.5097240936011076, -1.8300275765359402, -5.660452191717923}};
};

struct decoder_post {
  using layer = tl::transformer_decoder_layer<8, 2, 12>;
  static constexpr int values = 2, learnt = 2, parameters = 18;
  static constexpr tl::shape input[] = {tl::shape{5, 8}, tl::shape{3, 8}};
  static constexpr kind kinds[] = {kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = 1.7611139840019874;
  static constexpr products y = {-6.112492213376159, -2.7278893155899238, 0.08644359385646744};
  static constexpr products input_gradients[] = {{0.1181903200072559, 0.3821431257710541, -0.24839941871122337}, {0.07901846781332991, 0.1522674921937217, 0.14090163309107817}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "multihead_attn.in_proj_weight", "multihead_attn.in_proj_bias", "multihead_attn.out_proj.weight", "multihead_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias", "norm3.weight", "norm3.bias"};
  static constexpr products gradients[] = {{0.056945555739893315, 0.07894904018719373, 0.03766888649273602}, {0.09608370375972566, 0.09399394720308364, -0.02947536893164563}, {0.10521056224980123, -0.015572840571905666, 0.04036856007098952}, {0.18707483000078806, 0.022524456702552362, 0.11108771314338661}, {0.33439278500415714, 0.6394784437056749, -0.40731270773255407}, {-0.1808758878448576, -0.44939669477785155, -0.49008530528719985}, {0.3879663708258313, 1.473980533110265, -0.024777914784924804}, {0.3153930975642286, -2.2891906088075977, -0.6960307364415697}, {-0.15298352613955923, 0.14762708401264618, -0.5461886045252793}, {-0.6674069757571637, 0.6219504725375719, -0.9589304552578445}, {2.318974404875265, 0.797983149406014, 2.0118039316350105}, {-1.1047367036805533, -2.2982864884230816, 0.20195139616683355}, {0.9021628000661401, 6.516285360725739, 4.391961443810426}, {0.3096114088630071, -2.2780630028831466, -0.7106227443908921}, {4.129136057064857, 4.2130075623916605, 2.001446334225794}, {-1.1149641727242012, -2.772161840344781, -0.08361255049488214}, {0.12392755488176449, -0.7414870435175419, -1.1661965294496777}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}};
};

struct decoder_pre {
  using layer = tl::transformer_decoder_layer<8, 2, 20, tl::transformer_settings{.norm_first = true}, tl::gelu>;
  static constexpr int values = 2, learnt = 2, parameters = 18;
  static constexpr tl::shape input[] = {tl::shape{4, 8}, tl::shape{6, 8}};
  static constexpr kind kinds[] = {kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{4, 8};
  static constexpr double loss = 1.6465674685065657;
  static constexpr products y = {-5.9320221457434235, -6.352722371310614, -5.6343919836239245};
  static constexpr products input_gradients[] = {{-2.612061740114925, 2.270181385627362, 0.6726494869164583}, {0.2058208564452171, 0.4600071823490688, 0.3838314601287835}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "multihead_attn.in_proj_weight", "multihead_attn.in_proj_bias", "multihead_attn.out_proj.weight", "multihead_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias", "norm3.weight", "norm3.bias"};
  static constexpr products gradients[] = {{1.2364856013503691, -0.36448045034261056, -1.603648987696595}, {-1.468858483556787, -1.3396804152302686, 0.47657475430767193}, {-2.809395483503519, -0.1642867410991039, 1.3424849977791764}, {0.4808530017921704, 0.6024298426725526, 2.2742616157473834}, {-0.45081082271230366, -0.6907051348161967, 1.454465680057879}, {-0.24205730261378688, -0.9496044091929087, -1.8971926605136868}, {-3.654189349099452, -0.5585254475918744, 1.4607648519852447}, {0.4584732633766184, 0.5722581943875997, 2.2947989436811236}, {0.2334143305266143, -0.44663201620839266, -0.2514231476342862}, {0.8561647706203879, 1.0402312415721935, 0.474349840117721}, {-1.407222711524236, 1.5308596986513006, 2.013640440861544}, {0.6687877457588911, 0.6306628072634339, 2.237830540165305}, {-0.19032612634265597, -0.08966350692558528, -0.29662336149346075}, {-0.044058048940913, -1.535786494893325, -0.1410837373724764}, {-0.06875398443705387, -0.06454880329046835, -0.07056735342488557}, {-0.019535012365466946, -0.0352877057244038, 0.035206217256383135}, {-0.8562520276812002, 0.07129799888473354, -0.3060121740406154}, {0.1449566633786354, 0.3192472795205018, 0.38896218709139996}};
};

struct decoder_causal {
  using layer = tl::transformer_decoder_layer<6, 3, 16, tl::transformer_settings{.attention = {.causal = true}}, tl::relu>;
  static constexpr int values = 2, learnt = 2, parameters = 18;
  static constexpr tl::shape input[] = {tl::shape{7, 6}, tl::shape{5, 6}};
  static constexpr kind kinds[] = {kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{7, 6};
  static constexpr double loss = 1.5921031719825878;
  static constexpr products y = {1.9038945687186426, 1.247402546211115, -2.8713848345948207};
  static constexpr products input_gradients[] = {{-0.24229929943646875, 0.05249895345787234, -0.05183579043075788}, {0.009492765583904338, 0.012177655976674626, 0.0026261573273774676}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "multihead_attn.in_proj_weight", "multihead_attn.in_proj_bias", "multihead_attn.out_proj.weight", "multihead_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias", "norm3.weight", "norm3.bias"};
  static constexpr products gradients[] = {{0.018439439089505405, 0.13567085661387723, -0.10354188599013998}, {-0.0693348258701136, -0.11947356155479688, -0.029610618570098585}, {0.17408929925090097, 0.032161201114153645, -0.03802800963779887}, {0.005175712900517784, -0.008938174333489507, -0.17698801691764254}, {-0.08163592626203829, 0.11067297347382432, -0.062458433612670713}, {-0.0007557296888785437, -0.18343720881429462, -0.0852164820939725}, {-0.4814511491998811, -0.2544604956788725, -0.2254882334866971}, {-0.12386489128675987, -0.15358399464327074, -0.19468150785900368}, {0.24406220727012656, 0.11557923278902169, 0.2754166776533232}, {0.0644046896726632, -0.10952562905259515, -0.2100345370276972}, {-0.17256996520133963, -0.6656585600367183, 0.5342953402724796}, {-0.43315323493994795, 0.4156872578614476, 0.28411413374723593}, {0.34435186510992877, -0.6552792606462654, 0.9806401415638537}, {-0.10121023095431758, -0.2437652325308951, -0.19651372482327856}, {0.45340341706943654, 0.019434449305106016, -0.5838938787117525}, {-0.4021920208600718, 0.2460632679281985, 0.3450309157367087}, {3.5048279652688725, -2.8074159007961876, -1.0090839252654469}, {1.4585832692682743, -4.535514049232006, 2.9392822617664933}};
};

struct decoder_masks {
  using layer = tl::transformer_decoder_layer<8, 2, 7, tl::transformer_settings{.attention = {.masked = tl::mask::hidden}, .masked_memory = tl::mask::hidden}, tl::relu>;
  static constexpr int values = 4, learnt = 2, parameters = 18;
  static constexpr tl::shape input[] = {tl::shape{5, 8}, tl::shape{6, 8}, tl::shape{5, 5}, tl::shape{5, 6}};
  static constexpr kind kinds[] = {kind::any, kind::any, kind::hidden, kind::hidden};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = 2.0100212208111667;
  static constexpr products y = {-6.60870493392117, -1.878982314032371, 0.013332516181645881};
  static constexpr products input_gradients[] = {{0.07087724992130667, 0.5963618852679329, -0.2300772404546509}, {-0.12264013917146846, 0.22365235280183818, -0.05027848369064131}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "multihead_attn.in_proj_weight", "multihead_attn.in_proj_bias", "multihead_attn.out_proj.weight", "multihead_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias", "norm3.weight", "norm3.bias"};
  static constexpr products gradients[] = {{0.13045935002707273, 0.01353943126084814, 0.00897829757492228}, {0.09957186663619111, 0.14317676279534086, 0.04371568586002109}, {0.04095057163900526, -0.1337414995697345, 0.008811185017652934}, {0.22962462772728776, 0.11850534186293105, 0.2001877414130614}, {-0.47458962853873243, -0.9523072051609164, -0.472496271797115}, {-0.3701798064383444, -0.8712371184346565, -0.4195042235175274}, {0.876966216467056, -0.4143373517301743, -2.0985399283483375}, {0.4804941735240008, -3.2312607149204506, -1.3075761001783561}, {-0.44697573247477773, 0.44748410098816893, -0.2575654367745588}, {-0.6240592936852827, 1.867324194797506, 0.34971259659592024}, {0.3932106344776627, -0.09910637119253318, 0.34941039552003406}, {-1.5788246802590196, -2.7628546483564063, 0.7644381522184918}, {1.4123632039057399, 7.6329146509604096, 3.903451054984373}, {0.5093980305330732, -3.230755222547863, -1.2993902193142275}, {3.0545365366851387, 1.809831907734221, 1.534675635895737}, {-0.7440106649812114, -4.238586763168668, 1.3301890691178049}, {-1.1189689649542824, -1.2332758371671138, -1.7929805675565686}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}};
};

struct decoder_wide {
  using layer = tl::transformer_decoder_layer<32, 2, 48, tl::transformer_settings{.norm_first = true, .attention = {.causal = true}}, tl::relu>;
  static constexpr int values = 2, learnt = 2, parameters = 18;
  static constexpr tl::shape input[] = {tl::shape{8, 32}, tl::shape{10, 32}};
  static constexpr kind kinds[] = {kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{8, 32};
  static constexpr double loss = 15.895515078011265;
  static constexpr products y = {-3.648894234413337, 7.626409090736394, -13.06682586463086};
  static constexpr products input_gradients[] = {{20.09770679713308, 8.618588337305338, -15.526355435099001}, {-0.7381882567256441, -1.6651875810549808, -0.5816386594779098}};
  static constexpr const char* names[] = {"self_attn.in_proj_weight", "self_attn.in_proj_bias", "self_attn.out_proj.weight", "self_attn.out_proj.bias", "multihead_attn.in_proj_weight", "multihead_attn.in_proj_bias", "multihead_attn.out_proj.weight", "multihead_attn.out_proj.bias", "linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias", "norm1.weight", "norm1.bias", "norm2.weight", "norm2.bias", "norm3.weight", "norm3.bias"};
  static constexpr products gradients[] = {{-8.473215981414679, 10.556893230937929, 13.780957940825758}, {-2.182181525747221, 5.052723065351851, 2.059146048037453}, {-10.12304728021432, 2.9131839020034436, 28.575711557318193}, {0.49627490168459154, 0.7412415723777699, -7.686498019292252}, {-0.7200898400516134, 3.5624844532547484, -4.787524815184316}, {-5.029787437087267, -7.0884007706012415, 2.8941586391512484}, {-17.703144452999492, -6.313984689041951, -10.494301242810291}, {0.35773071341275164, 0.7593821668348182, -7.643356508762139}, {-5.291133162014612, 3.1196416902115365, -31.086358802898086}, {-1.1267223587886492, 6.203921278458127, 6.216029760039889}, {-11.423486001007483, 0.08816342049830439, 11.669890916254351}, {-0.14571048133075237, 0.8727400880306959, -8.130411052145064}, {0.7713788385164625, 2.5150456616618255, 1.6623372303458717}, {-1.9177194811726515, 3.698218007868176, -2.8917228404001953}, {-0.2526281219726233, 0.24295288340465, 0.07213149045882705}, {-0.2733680956205404, 0.04538000033589301, 0.06614875425865983}, {1.5534545532626525, 2.142675464074877, -0.3940008538861548}, {2.371652290835494, -2.548947697914133, 0.1411019616240632}};
};

struct encoder_stack {
  using layer = tl::transformer_encoder<2, tl::transformer_encoder_layer<8, 2, 12, tl::transformer_settings{.norm_first = true, .attention = {.causal = true}}, tl::relu>, tl::final_norm::on>;
  static constexpr int values = 1, learnt = 1, parameters = 26;
  static constexpr tl::shape input[] = {tl::shape{5, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = 0.9434938504166788;
  static constexpr products y = {3.1400967449839943, 2.5369519850044626, 0.1556593006254876};
  static constexpr products input_gradients[] = {{0.39466214919153175, 0.8402431825199141, 0.3559311233057592}};
  static constexpr const char* names[] = {"layers.0.self_attn.in_proj_weight", "layers.0.self_attn.in_proj_bias", "layers.0.self_attn.out_proj.weight", "layers.0.self_attn.out_proj.bias", "layers.0.linear1.weight", "layers.0.linear1.bias", "layers.0.linear2.weight", "layers.0.linear2.bias", "layers.0.norm1.weight", "layers.0.norm1.bias", "layers.0.norm2.weight", "layers.0.norm2.bias", "layers.1.self_attn.in_proj_weight", "layers.1.self_attn.in_proj_bias", "layers.1.self_attn.out_proj.weight", "layers.1.self_attn.out_proj.bias", "layers.1.linear1.weight", "layers.1.linear1.bias", "layers.1.linear2.weight", "layers.1.linear2.bias", "layers.1.norm1.weight", "layers.1.norm1.bias", "layers.1.norm2.weight", "layers.1.norm2.bias", "norm.weight", "norm.bias"};
  static constexpr products gradients[] = {{-0.15693375465580398, 0.2179750301354363, -0.22452430550451438}, {-0.14001568589301172, -0.15189079330014654, 0.12423053769389152}, {-0.12360018959238656, -0.3281042717720821, 0.051202111343011836}, {-0.2146338862973228, -0.09628195063005121, -0.39316389393310425}, {-0.5479953823300755, 0.11436038378217064, 0.4298242786484276}, {-0.08287750278163711, 0.03387053784325135, -0.16812707912692204}, {-0.1083465923822457, -0.1807772494253007, -0.08542155781374028}, {-0.2410318729462777, -0.04979304828046288, -0.4257125260093182}, {0.02525004291955605, 0.12066466764058388, 0.011141659375455854}, {-0.009171294693658951, 0.038632575358273566, 0.07581225186046717}, {0.11372621053715107, -0.007814967779540709, -0.060595024204741166}, {-0.038751218268545586, 0.09672491789937813, 0.009870107641683064}, {-0.019111966562409467, 0.1620927098681116, -0.185455200835554}, {-0.05485905053429804, 0.20590621587458388, -0.05909128730001968}, {-0.31085142342693045, -0.002143050391122059, -0.1769685688720765}, {-0.24377467532682479, -0.0482999910614704, -0.35043634689986713}, {0.3136457810396404, -0.3051090342460582, 0.08303859403835358}, {0.037578977328903806, 0.13795603606231355, -0.22677977038438707}, {-0.49116884303213293, 0.22114030818458996, -0.2168067324132475}, {-0.24666198437372808, -0.007045383078466305, -0.32147673334572263}, {0.11404748944878557, 0.07805511887978167, 0.038143957609512294}, {0.09163148101597066, -0.04578212156598388, 0.1582896497213181}, {0.0594138442063313, -0.1868632078323636, -0.2835590816021959}, {0.004920200398383659, 0.1270232853752276, 0.08267881188479523}, {-2.87583966538131, -6.750914483224059, -3.2265431865234953}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}};
};

struct encoder_stack_bare {
  using layer = tl::transformer_encoder<3, tl::transformer_encoder_layer<6, 2, 9>>;
  static constexpr int values = 1, learnt = 1, parameters = 36;
  static constexpr tl::shape input[] = {tl::shape{4, 6}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{4, 6};
  static constexpr double loss = 0.3761137132844807;
  static constexpr products y = {-0.748162877276042, 1.8931935583532291, 3.7154806995291727};
  static constexpr products input_gradients[] = {{0.023837131637838363, 0.006536520291711208, 0.0631737901882744}};
  static constexpr const char* names[] = {"layers.0.self_attn.in_proj_weight", "layers.0.self_attn.in_proj_bias", "layers.0.self_attn.out_proj.weight", "layers.0.self_attn.out_proj.bias", "layers.0.linear1.weight", "layers.0.linear1.bias", "layers.0.linear2.weight", "layers.0.linear2.bias", "layers.0.norm1.weight", "layers.0.norm1.bias", "layers.0.norm2.weight", "layers.0.norm2.bias", "layers.1.self_attn.in_proj_weight", "layers.1.self_attn.in_proj_bias", "layers.1.self_attn.out_proj.weight", "layers.1.self_attn.out_proj.bias", "layers.1.linear1.weight", "layers.1.linear1.bias", "layers.1.linear2.weight", "layers.1.linear2.bias", "layers.1.norm1.weight", "layers.1.norm1.bias", "layers.1.norm2.weight", "layers.1.norm2.bias", "layers.2.self_attn.in_proj_weight", "layers.2.self_attn.in_proj_bias", "layers.2.self_attn.out_proj.weight", "layers.2.self_attn.out_proj.bias", "layers.2.linear1.weight", "layers.2.linear1.bias", "layers.2.linear2.weight", "layers.2.linear2.bias", "layers.2.norm1.weight", "layers.2.norm1.bias", "layers.2.norm2.weight", "layers.2.norm2.bias"};
  static constexpr products gradients[] = {{0.012326137894783911, -0.001058842865028557, 0.012519104811948234}, {0.004802046968954714, 0.007532806356857947, 0.018473843903119683}, {0.01451268804608345, -0.015646394525294045, -0.0060383161436512855}, {0.027842320900740878, -0.033416001432680226, -0.008655480933548305}, {-0.021947524371113143, 0.08171167417655874, 0.012089325812649307}, {0.04137667735838137, 0.021282126625770836, -0.000541315774507143}, {0.04503900271235632, -0.012942750581462055, -0.0008235720320073411}, {0.03138057579172027, -0.07619626490962654, -0.1093198908941791}, {-0.003079835593510809, -0.048705945179574994, -0.013794385612155678}, {0.05133620529100454, -0.12216776268281224, -0.08913733326689063}, {-0.22137106111739832, 0.20903732338793826, -0.1765061054526949}, {-0.09776752841153696, 0.28453931993443865, -0.00781811455632319}, {-0.03554294751204825, 0.102236012597928, -0.09808433544766278}, {0.020980742344930817, -0.04495886030442092, -0.009179651337664234}, {0.038023402824039654, 0.13254508943826968, 0.09550051181515874}, {-0.07009808366988265, 0.2596523352537532, 0.01581320512283094}, {-0.24356084095831104, -0.2617716634263962, -0.06902043866554963}, {-0.37305322681461006, 0.2156927119086399, -0.07758916780894215}, {-0.08681497169580578, -0.1442487833296791, -0.25183834892667345}, {0.12204692964269695, -0.2139793345093651, -0.340159905041021}, {0.3094134958836773, -0.6582531367844879, 0.3151549302312993}, {-0.0816650957134907, -0.1287596275472928, -0.31100330902882584}, {-1.2079558206819616, 0.9658021200254137, -1.408396220323462}, {0.30018108997143456, 0.015044420756910593, 0.8641013733753466}, {-0.3782742385896243, -0.003612155427938829, -0.5130187955903565}, {0.5051162233990845, -0.5575755819670368, -0.19011353857080893}, {0.5415377126636125, 0.5307875757047944, 0.5707884348912774}, {0.355921927241722, 0.3437235729896866, 1.1338743246312788}, {0.2158132299919348, -0.03195739676300921, 0.159589797092889}, {-0.38447714788110077, -0.43042005641408393, -0.6969755660654591}, {-0.42531049680722754, 2.2250650226723763, 0.050170854184443725}, {-0.3101433052759082, 0.38652970831505873, 2.3516236261014756}, {1.3627913541055678, -2.2241946080956763, -1.5810204215540098}, {-0.33981093888341357, 1.0269039070314208, 1.863452868441914}, {-2.835739289729645, -3.0386595266508696, 0.017605345881747336}, {1.1277305483818054, -2.6037331828847528, 4.498888009227812}};
};

struct decoder_stack {
  using layer = tl::transformer_decoder<2, tl::transformer_decoder_layer<8, 2, 12, tl::transformer_settings{.attention = {.causal = true}}, tl::relu>, tl::final_norm::on>;
  static constexpr int values = 2, learnt = 2, parameters = 38;
  static constexpr tl::shape input[] = {tl::shape{5, 8}, tl::shape{4, 8}};
  static constexpr kind kinds[] = {kind::any, kind::any};
  static constexpr tl::shape output = tl::shape{5, 8};
  static constexpr double loss = 0.44740419513753743;
  static constexpr products y = {6.885461622942854, 0.7693102172554408, 3.7180081560094793};
  static constexpr products input_gradients[] = {{0.03077613311304168, -0.08210206090012152, -0.029045891151092226}, {-0.2380441796681236, 0.06185839628949752, 0.09954937248554943}};
  static constexpr const char* names[] = {"layers.0.self_attn.in_proj_weight", "layers.0.self_attn.in_proj_bias", "layers.0.self_attn.out_proj.weight", "layers.0.self_attn.out_proj.bias", "layers.0.multihead_attn.in_proj_weight", "layers.0.multihead_attn.in_proj_bias", "layers.0.multihead_attn.out_proj.weight", "layers.0.multihead_attn.out_proj.bias", "layers.0.linear1.weight", "layers.0.linear1.bias", "layers.0.linear2.weight", "layers.0.linear2.bias", "layers.0.norm1.weight", "layers.0.norm1.bias", "layers.0.norm2.weight", "layers.0.norm2.bias", "layers.0.norm3.weight", "layers.0.norm3.bias", "layers.1.self_attn.in_proj_weight", "layers.1.self_attn.in_proj_bias", "layers.1.self_attn.out_proj.weight", "layers.1.self_attn.out_proj.bias", "layers.1.multihead_attn.in_proj_weight", "layers.1.multihead_attn.in_proj_bias", "layers.1.multihead_attn.out_proj.weight", "layers.1.multihead_attn.out_proj.bias", "layers.1.linear1.weight", "layers.1.linear1.bias", "layers.1.linear2.weight", "layers.1.linear2.bias", "layers.1.norm1.weight", "layers.1.norm1.bias", "layers.1.norm2.weight", "layers.1.norm2.bias", "layers.1.norm3.weight", "layers.1.norm3.bias", "norm.weight", "norm.bias"};
  static constexpr products gradients[] = {{-0.008447338172979551, 0.008362933080206088, 0.0017796792734101879}, {-0.0037847062904324998, -0.0018236256202970756, 0.006471397135621849}, {-0.020211855053098898, 0.015205704005594674, -0.02063199472216016}, {0.00876276829070436, 0.0064124093175713485, 0.008510720401381714}, {-0.00573750114984967, -0.15077851615949062, -0.11326921471484908}, {0.08206810977993112, 0.10011068401985883, -0.0569373363240904}, {-0.04976079549103185, -0.18077846048351398, 0.0904988416160886}, {-0.0019029541333597036, 0.18170750592450466, 0.05466844668426959}, {-0.14847237109227807, 0.0415506518371177, 0.05099028441720105}, {0.03335684072444996, -0.08220777317872881, -0.031241425418138298}, {0.23279504996293854, 0.23285489674983978, -0.012676743979590283}, {-0.16953939146884622, 0.12313249783086519, -0.3489494448970871}, {0.25742800095450347, 0.0072502047258512226, 0.16601340890155966}, {-0.0050913955677176145, 0.18311537656110705, 0.05571825233005822}, {-0.01804358197286776, 0.4474997834861992, 0.10230700199398046}, {-0.19379271390994063, 0.002728076835596893, -0.39684963011803415}, {0.34190147667913423, -0.11185026635035547, 0.3199063685954527}, {0.1771006295581114, -0.5532046243722941, 0.6049038660060619}, {-0.02596240129093296, -0.12080171685942902, -0.05545836536821871}, {-0.14720926042429988, -0.09668746341834616, -0.009604917604735155}, {0.40586061450896715, 0.17159399494976668, -0.3309728761265107}, {0.11765434000895425, -0.6673834117913076, 0.6060312361604354}, {0.3838862322219483, 0.25499929366674723, 0.4912806037152989}, {0.15267447807917406, 0.5221027393468043, 0.2908613646569211}, {-0.8891671905687372, -0.8386946986707485, 0.27126457215713834}, {-1.0536381761350677, -0.2621906803949381, 0.19161292557578724}, {0.6143682125060739, 0.295692741751656, -0.296889159078216}, {-0.0008102954031446452, 0.7355344701336375, 0.7147505442497023}, {0.7975519294106823, 0.15913939893458073, 0.029627230341042532}, {-2.2176563284048925, 1.5414101001581342, -1.1071009481228646}, {-0.432424544243991, -0.5950384566427095, 0.8031349833392141}, {-1.0222041634314833, -0.24355374686043296, 0.21242695165509373}, {0.20183474943929414, -1.0711890899356276, -1.224969402814717}, {-2.347022843559725, 2.632292592762979, -1.2749003601686109}, {-0.9679507989364848, 0.5381336736922766, -0.244703448098339}, {-0.06258009008369991, -2.0881589312463964, 0.12067021020062729}, {-1.131539383395118, -2.7566440742217706, -0.21283786579641317}, {2.1147900819778442, -0.2709531085565686, 1.9486789498478174}};
};

struct tcn_block {
  using layer = tl::tcn_block<4, 3>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{4, 9}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{4, 9};
  static constexpr double loss = 3.116356329997382;
  static constexpr products y = {-3.924359470207564, -2.8920174626803927, 1.119416110793523};
  static constexpr products input_gradients[] = {{-3.933193521438696, -2.010835831438091, -1.553809798355862}};
  static constexpr const char* names[] = {"conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias"};
  static constexpr products gradients[] = {{1.00674793055409, -0.5970314267203758, -0.2791660826500746}, {2.5292127720048514, -0.17948644952235193, 0.8185526280317884}, {0.3234234045571787, 6.2983752628853695, -2.937301177768896}, {6.312978195026517, 3.883662416599691, -3.8522815350443125}};
};

struct tcn_block_wider {
  using layer = tl::tcn_block<6, 2>;
  static constexpr int values = 1, learnt = 1, parameters = 6;
  static constexpr tl::shape input[] = {tl::shape{3, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{6, 8};
  static constexpr double loss = -0.8399802351112844;
  static constexpr products y = {0.2906397810384651, -3.6352815692780904, 1.1340136993019403};
  static constexpr products input_gradients[] = {{-1.588923847324641, 0.22046684447927145, -0.5020067704407931}};
  static constexpr const char* names[] = {"conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "downsample.weight", "downsample.bias"};
  static constexpr products gradients[] = {{2.777689731707292, -1.0037628088956216, 1.0383249063659243}, {-0.6305169016801824, -0.8898894098363275, -0.5779649109139906}, {2.346078139399115, 1.8711823844244972, -4.628863353200797}, {-0.6251748586073518, 4.834706141613424, -2.197662206366658}, {0.7585392183506485, -2.9732369555782157, 1.0541475515481977}, {-0.5498991878703237, 4.635661073029041, -2.2192027419805527}};
};

struct tcn_block_dilated {
  using layer = tl::tcn_block<5, tl::temporal_settings{.size = 3, .dilation = 4}>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{5, 20}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 20};
  static constexpr double loss = 1.2403160030712737;
  static constexpr products y = {2.6383958109467285, -4.277425289887939, -11.219655750283643};
  static constexpr products input_gradients[] = {{0.42980707496198134, 7.545224789165341, -1.6363756240560874}};
  static constexpr const char* names[] = {"conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias"};
  static constexpr products gradients[] = {{3.799492687670848, 1.1520269575684545, -1.4595033403246969}, {-0.18025017406033306, 1.9848853884536795, 0.2504257756518544}, {-1.896158176604037, 3.073063680635402, 2.735535053453738}, {-3.1507259318605065, 2.6495179422199726, -2.9024189319461584}};
};

struct tcn_block_tanh {
  using layer = tl::tcn_block<2, tl::temporal_settings{.size = 4, .dilation = 2}, tl::tanh>;
  static constexpr int values = 1, learnt = 1, parameters = 6;
  static constexpr tl::shape input[] = {tl::shape{3, 11}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{2, 11};
  static constexpr double loss = -0.9306855213621539;
  static constexpr products y = {1.764477522229155, 0.21922739357220078, 1.0840323856867924};
  static constexpr products input_gradients[] = {{-0.22434277913087708, -2.749559301906833, -0.65886079988238}};
  static constexpr const char* names[] = {"conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "downsample.weight", "downsample.bias"};
  static constexpr products gradients[] = {{-1.1860777296301637, -0.7520936132625619, -1.9022881200390034}, {-0.3456676632322674, -0.17061808423084612, 0.16411327675022844}, {-0.601838532970683, 4.5458996175263415, 3.192338521161367}, {-1.1990751521459257, -3.00793976760505, 0.7145205425314483}, {-3.519621879868282, 4.767430368362794, 4.368886759396235}, {-1.7886263386112442, -3.7087372934659086, 1.0190563858998503}};
};

struct tcn_block_beyond {
  using layer = tl::tcn_block<16, tl::temporal_settings{.size = 5, .dilation = 3}>;
  static constexpr int values = 1, learnt = 1, parameters = 6;
  static constexpr tl::shape input[] = {tl::shape{1, 7}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{16, 7};
  static constexpr double loss = 2.326881853794261;
  static constexpr products y = {0.3179772706660823, -1.463647951402713, -2.1237201459629036};
  static constexpr products input_gradients[] = {{1.0136948496073717, 3.7676526326290607, -1.855093762902833}};
  static constexpr const char* names[] = {"conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "downsample.weight", "downsample.bias"};
  static constexpr products gradients[] = {{-0.6346494062994966, 0.10875550230882086, -0.14794899013469798}, {-0.42506118889837513, 1.3854955414168753, -0.17747641532622788}, {-2.074557899964136, 1.7681775147719119, -2.255695606336495}, {5.562415726482868, 3.0097939129918814, -1.91076791100204}, {-1.339388559164604, 1.8977924380765216, -5.214407787638379}, {6.991744506172836, 1.7397875552996993, 0.6714458717033267}};
};

struct tcn {
  using layer = tl::tcn<3, 4, 4, 4>;
  static constexpr int values = 1, learnt = 1, parameters = 12;
  static constexpr tl::shape input[] = {tl::shape{4, 18}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{4, 18};
  static constexpr double loss = 6.536461874115478;
  static constexpr products y = {6.480485549149733, -9.851888036258659, -8.11847194137591};
  static constexpr products input_gradients[] = {{1.4822803734348313, 4.551943676043865, 3.7958548948337256}};
  static constexpr const char* names[] = {"network.0.conv1.weight", "network.0.conv1.bias", "network.0.conv2.weight", "network.0.conv2.bias", "network.1.conv1.weight", "network.1.conv1.bias", "network.1.conv2.weight", "network.1.conv2.bias", "network.2.conv1.weight", "network.2.conv1.bias", "network.2.conv2.weight", "network.2.conv2.bias"};
  static constexpr products gradients[] = {{0.09881663991957243, 0.18192951822877879, 3.777836707565796}, {2.1588106278439954, 0.11133990807691774, 0.12278836156430883}, {1.9914772043680236, -2.007583015556332, 2.6993275030693002}, {1.2437541421283307, -1.3867946385387944, 3.2094789191485047}, {-2.096209517984306, 2.436688751669246, -6.912596425207817}, {2.5108073630869825, -4.024938829497001, 0.8995463299463624}, {-4.732083358002467, 2.275954122019046, 3.777396697137677}, {3.7934408698575983, -2.3318164580828094, 3.8738439429815332}, {-1.084976855385816, 0.6632386965144271, 0.23739039881627205}, {0.6032185429118186, -0.29396117333943816, 0.2665924173326968}, {-3.2359543580656274, 1.6473509146671104, 2.982070113887824}, {3.6737920632585883, -4.338704050518572, 2.7540335012599826}};
};

struct tcn_uneven {
  using layer = tl::tcn<2, 6, 3>;
  static constexpr int values = 1, learnt = 1, parameters = 12;
  static constexpr tl::shape input[] = {tl::shape{2, 10}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{3, 10};
  static constexpr double loss = 1.6036941462327112;
  static constexpr products y = {-2.146778988959251, 2.286873254834037, 0.019894076893751222};
  static constexpr products input_gradients[] = {{0.7263716494212846, 1.1660178229854332, 0.232313961048837}};
  static constexpr const char* names[] = {"network.0.conv1.weight", "network.0.conv1.bias", "network.0.conv2.weight", "network.0.conv2.bias", "network.0.downsample.weight", "network.0.downsample.bias", "network.1.conv1.weight", "network.1.conv1.bias", "network.1.conv2.weight", "network.1.conv2.bias", "network.1.downsample.weight", "network.1.downsample.bias"};
  static constexpr products gradients[] = {{1.0192797129590663, 2.2250204390568613, -0.4326124495585926}, {-0.5177461281699358, -0.22322781483823345, 0.1964794592333999}, {1.2056006394591245, 2.2304360799603833, 0.8192172293442148}, {0.5856001468177646, -0.4135373796770443, -0.39005194618549077}, {-0.2505400907223283, -2.967237670248715, 0.024955597311988376}, {0.6714819824618486, -0.4549132351884684, -0.2369814407253279}, {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {0.0, 0.0, 0.0}, {7.70216111571277, 5.11516447172679, -2.8383034185646077}, {0.4886271711438894, 1.7632459057494998, -2.7747825235128403}};
};

struct tcn_growth {
  using layer = tl::tcn<tl::temporal_settings{.size = 2, .dilation = 2, .growth = 3}, 4, 5>;
  static constexpr int values = 1, learnt = 1, parameters = 10;
  static constexpr tl::shape input[] = {tl::shape{4, 16}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 16};
  static constexpr double loss = 2.4924788964787465;
  static constexpr products y = {0.29475139788438565, -3.7899955216649825, -0.785346662088541};
  static constexpr products input_gradients[] = {{0.1159225500798905, -3.5688131137752617, -2.7439041589625273}};
  static constexpr const char* names[] = {"network.0.conv1.weight", "network.0.conv1.bias", "network.0.conv2.weight", "network.0.conv2.bias", "network.1.conv1.weight", "network.1.conv1.bias", "network.1.conv2.weight", "network.1.conv2.bias", "network.1.downsample.weight", "network.1.downsample.bias"};
  static constexpr products gradients[] = {{0.13000611602137496, -2.256851283051738, -0.18194746443769344}, {-0.7220198287812086, -1.7409386381403298, 0.4858291920797204}, {-1.2193864795464597, -0.1878565608970703, -0.9717335367414022}, {-0.8505862827760212, 0.015180351292467031, -0.4190117933403178}, {1.4203574450884062, -1.6296119632015635, 0.2211333903099462}, {0.5240685174562058, -2.8363544369815643, 0.585936134906959}, {-2.3194475856375316, 1.118846757201005, -0.40766523891373185}, {-0.9331503454595804, 1.8216438638046384, -2.1556906700134277}, {2.1427521767445423, 0.21560764353400463, -1.6088904722038102}, {-0.16814534924924374, -1.907007304020226, 1.356253881007433}};
};

struct gated {
  using layer = tl::gated_conv1d<3, tl::kernel{.size = 2, .padding = tl::padding::causal}>;
  static constexpr int values = 1, learnt = 1, parameters = 2;
  static constexpr tl::shape input[] = {tl::shape{3, 9}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{3, 9};
  static constexpr double loss = 0.6323325680443562;
  static constexpr products y = {-0.9794007572569357, -1.0516346732457957, -1.3066438266206961};
  static constexpr products input_gradients[] = {{0.9735426507800231, 0.35975976625265005, -0.3772153744232166}};
  static constexpr const char* names[] = {"weight", "bias"};
  static constexpr products gradients[] = {{-0.33988801623728215, -1.4186505925655188, -2.2922094246867255}, {0.9283166162901034, -1.3606740756517763, 0.14670159899128282}};
};

struct gated_dilated {
  using layer = tl::gated_conv1d<8, tl::kernel{.size = 3, .dilation = 4, .padding = tl::padding::causal}>;
  static constexpr int values = 1, learnt = 1, parameters = 2;
  static constexpr tl::shape input[] = {tl::shape{2, 17}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{8, 17};
  static constexpr double loss = -1.1901918478311835;
  static constexpr products y = {1.2784055517712796, -1.0491720975084438, 1.0160443796074219};
  static constexpr products input_gradients[] = {{-0.3470696031345082, 2.842912204564879, 0.41761235435394073}};
  static constexpr const char* names[] = {"weight", "bias"};
  static constexpr products gradients[] = {{-3.0351761163762307, -5.160078949967067, -0.31185951228690256}, {-0.4415252231351805, -4.826003131495698, -0.8008823880139534}};
};

struct gated_wide {
  using layer = tl::gated_conv1d<16, tl::kernel{.size = 3, .padding = tl::padding::causal}>;
  static constexpr int values = 1, learnt = 1, parameters = 2;
  static constexpr tl::shape input[] = {tl::shape{16, 6}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{16, 6};
  static constexpr double loss = 4.020552138670418;
  static constexpr products y = {3.0015518543914568, -0.3228428386031177, 0.21173782615674774};
  static constexpr products input_gradients[] = {{-0.05351948184183003, -1.2884614474265228, -0.9647081324360092}};
  static constexpr const char* names[] = {"weight", "bias"};
  static constexpr products gradients[] = {{25.062416168532728, -4.073730436097094, 10.51125342849151}, {5.728645504212268, 1.9793363062150844, -0.46052905337217864}};
};

struct gated_bare {
  using layer = tl::gated_conv1d<2, 3>;
  static constexpr int values = 1, learnt = 1, parameters = 2;
  static constexpr tl::shape input[] = {tl::shape{4, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{2, 6};
  static constexpr double loss = -0.5747568224029899;
  static constexpr products y = {0.31540981343248703, -0.5772316620865081, -0.1796598920823929};
  static constexpr products input_gradients[] = {{-0.014828651335393767, 0.29591847445469854, 0.5897745681742682}};
  static constexpr const char* names[] = {"weight", "bias"};
  static constexpr products gradients[] = {{-2.0850964142774506, 0.35749914223663626, -0.7263416039492776}, {0.2288376822417286, -1.1132953822505922, 0.2982750926031473}};
};

struct gated_stride {
  using layer = tl::gated_conv1d<2, tl::kernel{.size = 3, .stride = 2, .padding = 1}>;
  static constexpr int values = 1, learnt = 1, parameters = 2;
  static constexpr tl::shape input[] = {tl::shape{3, 9}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{2, 5};
  static constexpr double loss = -0.782386871404146;
  static constexpr products y = {0.5807261307980742, -0.050353947577619323, 0.7696607808831348};
  static constexpr products input_gradients[] = {{-0.0062674155867448594, 0.27321625693215634, 0.29993136703561807}};
  static constexpr const char* names[] = {"weight", "bias"};
  static constexpr products gradients[] = {{-1.4438773664269156, 2.1992872605646743, -0.12912337537740648}, {-0.44517285350790475, -0.8933431807067616, 0.22244089723889168}};
};

struct wavenet_one {
  using layer = tl::wavenet<3, 2, 1>;
  static constexpr int values = 1, learnt = 1, parameters = 4;
  static constexpr tl::shape input[] = {tl::shape{4, 8}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{3, 8};
  static constexpr double loss = 1.2916430598980764;
  static constexpr products y = {-2.4570689912393457, -0.8957425432340593, 1.7122444821262253};
  static constexpr products input_gradients[] = {{0.4205952338697758, 0.7385939234517915, 0.41923279838002253}};
  static constexpr const char* names[] = {"layers.0.conv.weight", "layers.0.conv.bias", "layers.0.skip.weight", "layers.0.skip.bias"};
  static constexpr products gradients[] = {{0.020843879765956586, -0.51637560099255, -0.5360314791185123}, {-0.783682160795579, -0.6929840164378065, 0.03001615830276766}, {-2.10385988477735, 0.663774835307442, -0.8384321316739326}, {0.6333139427006245, 2.1310330647975206, -3.40562916174531}};
};

struct wavenet_two {
  using layer = tl::wavenet<4, 3, 1, 2>;
  static constexpr int values = 1, learnt = 1, parameters = 10;
  static constexpr tl::shape input[] = {tl::shape{3, 12}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{4, 12};
  static constexpr double loss = 5.87131093601588;
  static constexpr products y = {-0.38062409441005535, 1.6344370085605129, 4.3410372130723545};
  static constexpr products input_gradients[] = {{-1.0560124882867283, 1.2765916176986518, 1.2750160727482185}};
  static constexpr const char* names[] = {"layers.0.conv.weight", "layers.0.conv.bias", "layers.0.skip.weight", "layers.0.skip.bias", "layers.0.residual.weight", "layers.0.residual.bias", "layers.1.conv.weight", "layers.1.conv.bias", "layers.1.skip.weight", "layers.1.skip.bias"};
  static constexpr products gradients[] = {{1.7857255528950928, -0.8471238874402589, -1.568129523676499}, {0.03592027517930052, 0.6250096572268132, 0.5439228337385527}, {-0.6244467378354545, 0.325311327870748, 2.3078506529968794}, {7.30916933901608, -6.634050135500729, 7.040751691907644}, {0.048119119934747545, 0.35372503444326264, 0.49447462259759434}, {0.1138917196435927, -0.047876028780846375, 0.3730268159071915}, {0.1504064559373961, -1.0030229615290658, 0.018138402954536947}, {1.5289837114068496, -0.4313158442904398, -0.18728484307078952}, {-2.9928913469311125, 1.4546190844683344, 0.23667367411558243}, {7.30916933901608, -6.634050135500729, 7.040751691907644}};
};

struct wavenet {
  using layer = tl::wavenet<5, 2, 1, 2, 4, 8>;
  static constexpr int values = 1, learnt = 1, parameters = 22;
  static constexpr tl::shape input[] = {tl::shape{4, 24}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{5, 24};
  static constexpr double loss = 8.311636357516164;
  static constexpr products y = {9.106338090333125, -13.2157873001138, 0.6784255969988457};
  static constexpr products input_gradients[] = {{1.218660694883305, 1.8663281331548243, 0.10564987149746902}};
  static constexpr const char* names[] = {"layers.0.conv.weight", "layers.0.conv.bias", "layers.0.skip.weight", "layers.0.skip.bias", "layers.0.residual.weight", "layers.0.residual.bias", "layers.1.conv.weight", "layers.1.conv.bias", "layers.1.skip.weight", "layers.1.skip.bias", "layers.1.residual.weight", "layers.1.residual.bias", "layers.2.conv.weight", "layers.2.conv.bias", "layers.2.skip.weight", "layers.2.skip.bias", "layers.2.residual.weight", "layers.2.residual.bias", "layers.3.conv.weight", "layers.3.conv.bias", "layers.3.skip.weight", "layers.3.skip.bias"};
  static constexpr products gradients[] = {{3.4983215830792425, 0.2676660271786411, 0.7083996979783018}, {-1.006013275381464, 2.2111210251399642, 0.05063373764469897}, {-1.0152185845062789, -0.5422324269785421, -2.36523029374448}, {3.9447619644925, -3.4917501294985414, -3.897116146981716}, {-0.9261348376438632, 0.1620638808331234, 0.2383680218957993}, {0.0529499123506843, -0.34343890772066776, 0.9460150590778029}, {-1.686482342070321, 0.7167995892950483, 4.111589085107687}, {0.7140726562203128, 1.0544758933852636, 0.06553542971355064}, {-0.5969401484851791, 2.908210369848783, 1.4135844587159965}, {3.9447619644925, -3.4917501294985414, -3.897116146981716}, {0.2191603433425326, -0.0055664187236190155, -0.5207236413088241}, {0.5721095208173849, 0.22978085390097414, -0.21888366161617007}, {-4.89742239653269, -1.4881346496958616, 0.2952071527820199}, {1.6209169082926649, -0.30014352884376916, 0.05587444600007956}, {-1.6622022243325123, -0.12030071107861406, -1.725934169868315}, {3.9447619644925, -3.4917501294985414, -3.897116146981716}, {0.1419577596963536, -0.39320242818550677, -0.0008491324701498104}, {0.03361752964347639, -0.28960176830290585, -0.3408707004393362}, {-1.5959573846003186, -2.5221311627691225, 1.7042123852498179}, {-0.2863378638827877, 2.4302308730715945, -1.7934359969788458}, {2.2054218574362157, -0.675611584546608, 1.6274862204486134}, {3.9447619644925, -3.4917501294985414, -3.897116146981716}};
};

struct wavenet_again {
  using layer = tl::wavenet<2, 2, 1, 3, 1, 3>;
  static constexpr int values = 1, learnt = 1, parameters = 22;
  static constexpr tl::shape input[] = {tl::shape{6, 10}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{2, 10};
  static constexpr double loss = 1.6238360960407077;
  static constexpr products y = {-0.4059290171846881, 1.4793480943382629, 1.0172027592815707};
  static constexpr products input_gradients[] = {{-0.59523899116977, 0.5789776999847462, -1.3619878356007293}};
  static constexpr const char* names[] = {"layers.0.conv.weight", "layers.0.conv.bias", "layers.0.skip.weight", "layers.0.skip.bias", "layers.0.residual.weight", "layers.0.residual.bias", "layers.1.conv.weight", "layers.1.conv.bias", "layers.1.skip.weight", "layers.1.skip.bias", "layers.1.residual.weight", "layers.1.residual.bias", "layers.2.conv.weight", "layers.2.conv.bias", "layers.2.skip.weight", "layers.2.skip.bias", "layers.2.residual.weight", "layers.2.residual.bias", "layers.3.conv.weight", "layers.3.conv.bias", "layers.3.skip.weight", "layers.3.skip.bias"};
  static constexpr products gradients[] = {{-0.7345988389819825, 1.1848777057609734, -0.28758611225817216}, {-1.149952898801283, -0.47965031749762355, -0.3636207129060931}, {0.06346483675161232, 0.13526026840920513, 1.1232662665295299}, {0.06615714356303215, -4.420758462511003, 0.23628942109644413}, {-0.08097016251734951, -0.08693369777905974, -0.24296753864450102}, {0.07399028047239797, -0.9920629732433351, 0.2760257508447015}, {-0.8040394500754111, 0.6378082330054308, -0.4751510514256913}, {-0.14658690819488024, 0.7383645029881714, -0.27816295275553393}, {-0.5377190795198243, -0.16509398160975636, -1.0156971356252482}, {0.06615714356303215, -4.420758462511003, 0.23628942109644413}, {-0.13571411681450346, -0.12649555022792391, 0.11825133031666965}, {-0.01936008630515086, -0.4972654480021865, 0.07204963003872239}, {-1.9506937480042388, 0.8981961765455506, -0.5888106260221513}, {1.1740022695511962, -0.5893103333284111, 0.12137218903800256}, {1.3930394998123505, -1.521346706925415, 0.9651209835917001}, {0.06615714356303215, -4.420758462511003, 0.23628942109644413}, {0.03307546544559365, -0.14247001823435715, -0.05339265564737458}, {0.09818826038614412, -0.4279739708974285, 0.2739056502851914}, {1.8778719748576909, 1.3600198501851237, -0.9262332189921954}, {-0.7460282212714142, 0.6729876689348571, -0.009707816129988465}, {-0.9920140335364475, 0.3084700332020093, 0.3054046993082733}, {0.06615714356303215, -4.420758462511003, 0.23628942109644413}};
};

struct wavenet_wide {
  using layer = tl::wavenet<16, 3, 1, 5>;
  static constexpr int values = 1, learnt = 1, parameters = 10;
  static constexpr tl::shape input[] = {tl::shape{16, 16}};
  static constexpr kind kinds[] = {kind::any};
  static constexpr tl::shape output = tl::shape{16, 16};
  static constexpr double loss = 2.490720667253261;
  static constexpr products y = {-4.055386167177609, -6.573679059473269, -0.7659236366255084};
  static constexpr products input_gradients[] = {{-1.239808735311719, -1.728416743338021, 0.7313771113243724}};
  static constexpr const char* names[] = {"layers.0.conv.weight", "layers.0.conv.bias", "layers.0.skip.weight", "layers.0.skip.bias", "layers.0.residual.weight", "layers.0.residual.bias", "layers.1.conv.weight", "layers.1.conv.bias", "layers.1.skip.weight", "layers.1.skip.bias"};
  static constexpr products gradients[] = {{0.7259649460668394, -6.748218499467264, -9.362390827866914}, {-1.9861871395563202, -1.46911873809505, -2.247944659487227}, {0.5313368212922485, 7.464503956550612, 0.28420533088112987}, {5.60832201782614, 0.4368576295673847, -5.806354887783527}, {-1.5119303010365654, -1.2587161367539714, 1.19011929517603}, {1.0417345712236488, -1.6932363266341721, 0.09062067903497818}, {-8.036982671277851, 14.961392873880865, 13.868153971932276}, {-1.03894711529816, 0.6440448118153727, -0.21666730219244867}, {-13.227438716908745, 7.619434086203139, -9.71560038116624}, {5.60832201782614, 0.4368576295673847, -5.806354887783527}};
};

inline constexpr double sequence_mean = 2.404665183032698;
inline constexpr products sequence_mean_gradient = {-0.1251874237609489, -0.05808409171881031, 0.10490451008468335};
inline constexpr double sequence_sum = 50.49796884368666;
inline constexpr products sequence_sum_gradient = {-2.6289358989799267, -1.2197659260950169, 2.20299471177835};
inline constexpr double sequence_ignoring_mean = 2.7138114203262536;
inline constexpr products sequence_ignoring_mean_gradient = {-0.13437498819797825, -0.14492154070131477, 0.18578895220626412};
inline constexpr double sequence_ignoring_sum = 35.279548464241294;
inline constexpr products sequence_ignoring_sum_gradient = {-1.7468748465737178, -1.883980029117092, 2.4152563786814336};
inline constexpr const char* adam_losses_names[] = {"tokens.weight", "places.weight", "body.layers.0.self_attn.in_proj_weight", "body.layers.0.self_attn.in_proj_bias", "body.layers.0.self_attn.out_proj.weight", "body.layers.0.self_attn.out_proj.bias", "body.layers.0.linear1.weight", "body.layers.0.linear1.bias", "body.layers.0.linear2.weight", "body.layers.0.linear2.bias", "body.layers.0.norm1.weight", "body.layers.0.norm1.bias", "body.layers.0.norm2.weight", "body.layers.0.norm2.bias", "body.layers.1.self_attn.in_proj_weight", "body.layers.1.self_attn.in_proj_bias", "body.layers.1.self_attn.out_proj.weight", "body.layers.1.self_attn.out_proj.bias", "body.layers.1.linear1.weight", "body.layers.1.linear1.bias", "body.layers.1.linear2.weight", "body.layers.1.linear2.bias", "body.layers.1.norm1.weight", "body.layers.1.norm1.bias", "body.layers.1.norm2.weight", "body.layers.1.norm2.bias", "body.norm.weight", "body.norm.bias", "head.weight", "head.bias"};
inline constexpr double adam_losses[] = {2.6484884131202526, 2.5171636302509186, 2.460818758652223, 2.39366041924656, 2.4081564697428655, 2.4781680311203136, 2.475712615096169, 2.545955475592107, 2.5443922236100134, 2.6471236220620056};
inline constexpr const char* sgd_losses_names[] = {"tokens.weight", "places.weight", "body.layers.0.self_attn.in_proj_weight", "body.layers.0.self_attn.in_proj_bias", "body.layers.0.self_attn.out_proj.weight", "body.layers.0.self_attn.out_proj.bias", "body.layers.0.linear1.weight", "body.layers.0.linear1.bias", "body.layers.0.linear2.weight", "body.layers.0.linear2.bias", "body.layers.0.norm1.weight", "body.layers.0.norm1.bias", "body.layers.0.norm2.weight", "body.layers.0.norm2.bias", "body.layers.1.self_attn.in_proj_weight", "body.layers.1.self_attn.in_proj_bias", "body.layers.1.self_attn.out_proj.weight", "body.layers.1.self_attn.out_proj.bias", "body.layers.1.linear1.weight", "body.layers.1.linear1.bias", "body.layers.1.linear2.weight", "body.layers.1.linear2.bias", "body.layers.1.norm1.weight", "body.layers.1.norm1.bias", "body.layers.1.norm2.weight", "body.layers.1.norm2.bias", "body.norm.weight", "body.norm.bias", "head.weight", "head.bias"};
inline constexpr double sgd_losses[] = {2.735911673897071, 2.7507537019616137, 2.49904003852464, 2.4227401195110656, 2.612438128295001, 2.495162881417223, 2.4801083638393666, 2.4577278140188312, 2.630077471457506, 2.7151599080164277};

}  // namespace golden::attention
