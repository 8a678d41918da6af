"""Who there is. One entry a person: body, face, skin, hair, clothes. Only assets released by MakeHuman's own team are named."""
import wardrobe as w

CALM = {'eyebrows/eyebrows-trans-up': .25}
BROWN, DARK, HAZEL, BLUE, GREY = (.27, .15, .075), (.23, .135, .08), (.36, .27, .14), (.34, .41, .47), (.40, .45, .45)
LIGHT_F, LIGHT_M = 'young_caucasian_female/textures/young_lightskinned_female_diffuse', 'young_caucasian_male/textures/young_lightskinned_male_diffuse'
MID_F, MID_M = 'middleage_caucasian_female/textures/middleage_lightskinned_female_diffuse.png', 'middleage_caucasian_male/textures/middleage_lightskinned_male_diffuse.png'
OLD_F = 'old_caucasian_female/textures/old_lightskinned_female_diffuse.png'
BLACK_F, BLACK_M = 'young_african_female/textures/young_darkskinned_female_diffuse.png', 'young_african_male/textures/young_darkskinned_male_diffuse.png'
MID_BLACK_F = 'middleage_african_female/textures/middleage_darkskinned_female_diffuse.png'
ASIAN_F, ASIAN_M = 'young_asian_female/textures/young_lightskinned_female_diffuse3.png', 'young_asian_male/textures/young_lightskinned_male_diffuse3.png'
OLD_M = 'old_caucasian_male/textures/old_lightskinned_male_diffuse.png'
MID_BLACK_M, OLD_BLACK_M = 'middleage_african_male/textures/middleage_darkskinned_male_diffuse.png', 'old_african_male/textures/old_darkskinned_male_diffuse.png'
MID_ASIAN_M, OLD_ASIAN_M = 'middleage_asian_male/textures/middleage_lightskinned_male_diffuse2.png', 'old_asian_male/textures/old_lightskinned_male_diffuse2.png'
MID_ASIAN_F = 'middleage_asian_female/textures/middleage_lightskinned_female_diffuse2.png'


PEOPLE = {
    # White woman, 34, tired.
    'woman-30s-jacket': dict(
        shape=dict(gender=0., age=.56, muscle=.44, weight=.47, height=.5, proportions=.55, cup=.45, firm=.5, details={
            **CALM, 'head/head-oval': .4, 'nose/nose-scale-horiz-decr': .2, 'nose/nose-point-up': .25, 'chin/chin-width-decr': .2, '*cheek/cheek-bones-incr': .25,
            '*eyes/eye-bag-incr': .55, '*eyes/eye-scale-incr': .15, '*eyes/eye-eyefold-down': .25, 'mouth/mouth-angles-down': .12, '*cheek/cheek-volume-decr': .2,
            'asym/asym-brown-1-l': .25, 'asym/asym-mouth-1-r': .3, 'asym/asym-nose-2-l': .25}),
        skin=dict(names=[LIGHT_F + '2.png', MID_F], weights=[.72, .28], freckles=.3, gain=(1., .965, .94)), tired=.5,
        iris=GREY, brow=('eyebrow010', (.24, .16, .11)), lash=('eyelashes03', (.06, .04, .03)),
        hair=dict(mesh='ponytail01', color=(.30, .205, .13), verts=1500),
        clothes=('male_casualsuit05', w.jacket((.20, .235, .25), (.58, .45, .40), (.24, .31, .42))), cloth_verts=2150, shoes=('shoes02', (.30, .29, .28))),
    # South Asian British man, 27.
    'man-20s-tshirt': dict(
        shape=dict(gender=1., age=.52, muscle=.46, weight=.42, height=.5, proportions=.55, race={'caucasian': .62, 'african': .16, 'asian': .22}, details={
            **CALM, 'head/head-oval': .3, 'head/head-scale-horiz-decr': .2, 'nose/nose-hump-incr': .25, 'nose/nose-scale-vert-incr': .2, '*eyes/eye-scale-incr': .3, '*eyes/eye-bag-incr': .25,
            'mouth/mouth-lowerlip-volume-incr': .25, 'chin/chin-prominent-decr': .15, 'asym/asym-brown-1-r': .3, 'asym/asym-mouth-2-r': .25, 'asym/asym-nose-3-l': .25}),
        skin=dict(names=[LIGHT_M + '2.png', ASIAN_M, BLACK_M], weights=[.34, .22, .44], gain=(1.02, .96, .88)), stubble=(.34, (.12, .09, .075)), tired=.35,
        iris=DARK, brow=('eyebrow001', (.055, .042, .036)), lash=('eyelashes02', (.03, .025, .02)),
        hair=dict(mesh='short04', color=(.060, .050, .047), verts=865, head_only=True),
        clothes=('male_casualsuit04', w.tee((.36, .40, .37), (.13, .15, .19), 'male_casualsuit04')), shoes=('shoes02', (.16, .16, .17))),
    # His mother, in her fifties.
    'woman-50s-cardigan': dict(
        shape=dict(gender=0., age=.70, muscle=.4, weight=.62, height=.40, proportions=.4, cup=.6, firm=.3, race={'caucasian': .62, 'african': .16, 'asian': .22}, details={
            **CALM, 'head/head-round': .35, 'head/head-age-incr': .35, 'nose/nose-volume-incr': .2, 'nose/nose-hump-incr': .15, '*eyes/eye-bag-incr': .4, '*eyes/eye-eyefold-down': .3, '*eyes/eye-scale-incr': .2,
            'mouth/mouth-laugh-lines-in': .35, '*cheek/cheek-volume-incr': .3, 'neck/neck-double-incr': .25, 'asym/asym-eye-2-l': .3, 'asym/asym-mouth-1-l': .3}),
        skin=dict(names=[MID_ASIAN_F, OLD_F, BLACK_F], weights=[.33, .24, .43], gain=(1.03, .96, .87)), tired=.4,
        iris=DARK, brow=('eyebrow010', (.10, .085, .08)), lash=('eyelashes02', (.05, .04, .035)),
        hair=dict(mesh='ponytail01', color=(.22, .21, .21), verts=1500),
        clothes=('male_casualsuit02', w.cardigan((.36, .12, .20), (.80, .74, .60), (.10, .105, .13))), shoes=('shoes03', None)),
    # White man, 41, teacher.
    'man-40s-shirt': dict(
        shape=dict(gender=1., age=.63, muscle=.46, weight=.58, height=.56, proportions=.45, details={
            **CALM, 'head/head-rectangular': .3, 'head/head-fat-incr': .1, 'head/head-age-incr': .15, 'nose/nose-scale-depth-incr': .2, 'nose/nose-width2-incr': .2, '*eyes/eye-bag-incr': .35,
            'forehead/forehead-scale-vert-incr': .3, 'mouth/mouth-laugh-lines-in': .25, 'chin/chin-width-incr': .15, 'asym/asym-brown-2-r': .3, 'asym/asym-nose-1-l': .3, 'asym/asym-mouth-2-l': .25}),
        skin=dict(names=[LIGHT_M + '.png', MID_M], weights=[.45, .55], gain=(1.0, .95, .92)), stubble=(.30, (.30, .25, .22)),
        iris=BLUE, brow=('eyebrow001', (.26, .19, .14)), lash=('eyelashes02', (.08, .06, .05)),
        hair=dict(mesh='short04', color=(.27, .21, .16), verts=865, head_only=True),
        clothes=('male_casualsuit01', w.shirt((.60, .68, .78), (.20, .20, .22))), shoes=('shoes01', (.24, .145, .09))),
    # Black British woman, about 40.
    'woman-40s-jumper': dict(
        shape=dict(gender=0., age=.60, muscle=.47, weight=.56, height=.52, proportions=.5, cup=.55, firm=.4, race={'african': .85, 'caucasian': .15}, details={
            **CALM, 'head/head-oval': .3, '*cheek/cheek-bones-incr': .3, 'nose/nose-scale-horiz-decr': .1, '*eyes/eye-scale-incr': .2, '*eyes/eye-bag-incr': .25, 'chin/chin-width-decr': .15,
            'asym/asym-brown-1-r': .25, 'asym/asym-mouth-1-l': .25, 'asym/asym-nose-1-r': .25}),
        skin=dict(names=[BLACK_F, MID_BLACK_F], weights=[.6, .4], gamma=.86, gain=(1.16, 1.07, 1.0)), tired=.15,
        iris=DARK, brow=('eyebrow010', (.05, .038, .034)), lash=('eyelashes03', (.025, .02, .02)),
        hair=dict(shell=.024, color=(.125, .096, .080)),
        clothes=('male_casualsuit02', w.jumper((.62, .42, .13), (.15, .17, .22))), shoes=('shoes04', None)),
    # East Asian British woman, 31, at home.
    'woman-30s-gown': dict(
        shape=dict(gender=0., age=.54, muscle=.40, weight=.54, height=.60, proportions=.45, cup=.62, firm=.4, race={'asian': .95, 'caucasian': .05}, details={
            **CALM, 'head/head-round': .2, 'head/head-oval': .2, '*eyes/eye-bag-incr': .55, '*cheek/cheek-bones-incr': .2, 'nose/nose-scale-horiz-decr': .1, 'chin/chin-width-decr': .25,
            'mouth/mouth-scale-horiz-decr': .15, 'asym/asym-brown-1-r': .25, 'asym/asym-mouth-1-l': .25, 'asym/asym-eye-2-r': .2}),
        skin=dict(names=[ASIAN_F, MID_ASIAN_F], weights=[.7, .3], gain=(1.03, .985, .93)), tired=.75,
        iris=DARK, brow=('eyebrow010', (.06, .05, .045)), lash=('eyelashes02', (.03, .025, .02)),
        hair=dict(mesh='ponytail01', color=(.050, .043, .042), verts=1400),
        clothes=('male_casualsuit02', w.gown((.44, .50, .62), (.40, .46, .58), (.80, .76, .74), (.62, .50, .56))), cloth_verts=1500,
        skirt=dict(hem=.34, color=(.44, .50, .62)), belt=(.38, .43, .55), shoes=('shoes03', (.42, .36, .36))),
    # White man, 33, red beard, checked shirt.
    'man-30s-beard': dict(
        shape=dict(gender=1., age=.56, muscle=.52, weight=.56, height=.52, proportions=.5, details={
            **CALM, 'head/head-square': .2, 'head/head-fat-incr': .1, 'nose/nose-point-up': .2, 'nose/nose-width2-incr': .15, '*eyes/eye-bag-incr': .35, '*cheek/cheek-volume-incr': .15,
            'asym/asym-brown-2-l': .25, 'asym/asym-mouth-1-r': .25, 'asym/asym-nose-2-r': .25}),
        skin=dict(names=[LIGHT_M + '.png', LIGHT_M + '2.png'], weights=[.5, .5], freckles=.6, gain=(1.03, .96, .93)), stubble=(.92, (.30, .165, .085)), tired=.4, flush=.35,
        iris=(.36, .40, .34), brow=('eyebrow006', (.33, .20, .12)), lash=('eyelashes02', (.16, .10, .07)),
        hair=dict(mesh='short02', color=(.33, .185, .095), verts=1100, head_only=True),
        clothes=('male_casualsuit03', w.plaid((.30, .38, .34), (.10, .14, .17), (.72, .70, .58), (.22, .27, .36))), cloth_verts=1700, shoes=('shoes02', (.34, .27, .20))),
    # Mixed White and Black British lad, 17, hooded top.
    'boy-17-hoodie': dict(
        shape=dict(gender=1., age=.36, muscle=.44, weight=.46, height=.62, proportions=.5, race={'caucasian': .5, 'african': .5}, details={
            **CALM, 'head/head-oval': .3, '*eyes/eye-scale-incr': .15, 'chin/chin-width-decr': .1, 'mouth/mouth-lowerlip-volume-incr': .2,
            'asym/asym-brown-1-l': .3, 'asym/asym-mouth-2-l': .25, 'asym/asym-nose-1-l': .25}),
        skin=dict(names=[LIGHT_M + '2.png', BLACK_M], weights=[.5, .5], gain=(1.08, .99, .90)), tired=.2,
        iris=BROWN, brow=('eyebrow001', (.07, .05, .04)), lash=('eyelashes03', (.03, .025, .02)),
        hair=dict(shell=.018, color=(.13, .095, .072), lumps=.30),
        clothes=('male_casualsuit02', w.hoodie((.27, .29, .33), (.13, .14, .16))), cloth_verts=1600, hood=(.26, .28, .32), shoes=('shoes05', None)),
    # White girl, 15, school clothes.
    'girl-15-school': dict(
        shape=dict(gender=0., age=.39, muscle=.42, weight=.46, height=.58, proportions=.5, cup=.25, firm=.6, details={
            **CALM, 'head/head-round': .2, '*eyes/eye-scale-incr': .1, 'nose/nose-scale-vert-decr': .15, 'nose/nose-point-up': .2, 'chin/chin-width-decr': .1, '*cheek/cheek-volume-incr': .15,
            'asym/asym-brown-1-r': .25, 'asym/asym-mouth-1-r': .25}),
        skin=dict(names=[LIGHT_F + '.png', LIGHT_F + '2.png'], weights=[.6, .4], freckles=.55, gain=(1.03, .98, .95)), tired=.3, flush=.3,
        iris=BLUE, brow=('eyebrow010', (.34, .25, .17)), lash=('eyelashes02', (.14, .10, .08)),
        hair=dict(mesh='long01', color=(.42, .30, .18), verts=1300),
        clothes=('male_casualsuit02', w.school((.085, .10, .19), (.72, .60, .20), (.11, .11, .13))), cloth_verts=1600, shoes=('shoes03', None)),
    # Black British man, 81, thin coat.
    'man-80s-coat': dict(
        shape=dict(gender=1., age=.93, muscle=.34, weight=.40, height=.38, proportions=.4, race={'african': .86, 'caucasian': .14}, details={
            **CALM, 'head/head-age-incr': .55, 'head/head-oval': .3, '*eyes/eye-bag-incr': .6, '*eyes/eye-eyefold-down': .4, '*cheek/cheek-volume-decr': .35, 'mouth/mouth-laugh-lines-in': .5, 'neck/neck-double-incr': .2,
            '*ears/ear-scale-incr': .3, '*ears/ear-lobe-incr': .4, 'nose/nose-scale-vert-incr': .15, 'asym/asym-brown-2-r': .3, 'asym/asym-mouth-2-r': .3, 'asym/asym-eye-2-l': .25}),
        skin=dict(names=[OLD_BLACK_M, MID_BLACK_M], weights=[.55, .45], gamma=.84, gain=(1.10, 1.10, 1.10)), stubble=(.50, (.62, .60, .57)), tired=.3, lined=1.3, spots=.4,
        iris=(.24, .17, .13), brow=('eyebrow006', (.52, .50, .47)), lash=('eyelashes02', (.10, .09, .09)),
        hair=dict(shell=.007, bald=.050, color=(.60, .59, .57), lumps=.35, tight=1.6, depth=.30),
        clothes=('male_casualsuit05', w.jacket((.50, .46, .38), (.62, .64, .66), (.24, .235, .24), denim=False)), cloth_verts=2150, shoes=('shoes04', None)),
    # Arab British man, 22, student.
    'man-20s-jacket': dict(
        shape=dict(gender=1., age=.46, muscle=.46, weight=.44, height=.51, proportions=.55, race={'caucasian': .8, 'african': .1, 'asian': .1}, details={
            **CALM, 'head/head-oval': .35, 'nose/nose-hump-incr': .35, 'nose/nose-scale-vert-incr': .2, 'nose/nose-scale-depth-incr': .2, '*eyes/eye-scale-incr': .2, 'eyebrows/eyebrows-angle-down': .1,
            'chin/chin-prominent-incr': .1, 'asym/asym-brown-1-l': .3, 'asym/asym-mouth-2-r': .25, 'asym/asym-nose-1-r': .25}),
        skin=dict(names=[LIGHT_M + '2.png', LIGHT_M + '.png', BLACK_M], weights=[.45, .30, .25], gain=(1.03, .965, .89)), stubble=(.62, (.085, .065, .055)), tired=.35,
        iris=DARK, brow=('eyebrow001', (.05, .04, .035)), lash=('eyelashes03', (.025, .02, .02)),
        hair=dict(mesh='short01', color=(.060, .048, .042), verts=1300, head_only=True),
        clothes=('male_casualsuit05', w.jacket((.13, .17, .26), (.66, .66, .64), (.15, .15, .17))), cloth_verts=2150, shoes=('shoes06', None)),
    # White woman, 23, loose shirt.
    'woman-20s-shirt': dict(
        shape=dict(gender=0., age=.47, muscle=.42, weight=.34, height=.50, proportions=.5, cup=.35, firm=.6, details={
            **CALM, 'head/head-oval': .35, '*eyes/eye-scale-incr': .15, '*eyes/eye-bag-incr': .35, '*cheek/cheek-bones-incr': .35, '*cheek/cheek-volume-decr': .3, 'nose/nose-scale-horiz-decr': .15,
            'mouth/mouth-lowerlip-volume-incr': .15, 'asym/asym-brown-1-r': .3, 'asym/asym-mouth-1-l': .25, 'asym/asym-nose-3-r': .2}),
        skin=dict(names=[LIGHT_F + '.png', LIGHT_F + '2.png'], weights=[.4, .6], freckles=.25, gain=(1.01, .975, .96)), tired=.6,
        iris=HAZEL, brow=('eyebrow010', (.20, .13, .09)), lash=('eyelashes03', (.05, .04, .03)),
        hair=dict(mesh='bob02', color=(.24, .135, .085), verts=1200, fringe=.040),
        clothes=('male_casualsuit03', w.loose((.55, .60, .58), (.30, .31, .34))), cloth_verts=1700, shoes=('shoes02', (.45, .44, .42))),
    # South Asian British man, 46, heavy, office shirt, glasses.
    'man-40s-office': dict(
        shape=dict(gender=1., age=.66, muscle=.40, weight=1., height=.46, proportions=.4, race={'caucasian': .62, 'african': .16, 'asian': .22}, details={
            **CALM, 'head/head-round': .3, 'head/head-fat-incr': .35, 'neck/neck-double-incr': .5, 'nose/nose-volume-incr': .25, 'nose/nose-hump-incr': .15, '*eyes/eye-bag-incr': .45, 'mouth/mouth-laugh-lines-in': .3,
            'forehead/forehead-scale-vert-incr': .3, 'asym/asym-brown-1-l': .3, 'asym/asym-mouth-2-r': .3, 'asym/asym-nose-2-l': .25}),
        skin=dict(names=[MID_M, MID_ASIAN_M, BLACK_M], weights=[.34, .22, .44], gain=(1.05, .97, .88)), stubble=(.38, (.15, .13, .12)), tired=.4, lined=.45, flush=.25,
        iris=DARK, brow=('eyebrow001', (.07, .06, .055)), lash=('eyelashes02', (.03, .025, .02)),
        hair=dict(mesh='short04', color=(.13, .125, .12), verts=865, head_only=True), glasses=(.07, .065, .065),
        clothes=('male_casualsuit01', w.hot(w.shirt((.66, .71, .78), (.17, .18, .21)), .5)), shoes=('shoes01', (.10, .085, .075))),
    # White woman, 38, cropped fair hair, dark jacket.
    'woman-30s-parka': dict(
        shape=dict(gender=0., age=.58, muscle=.54, weight=.46, height=.54, proportions=.6, cup=.5, firm=.6, details={
            **CALM, 'head/head-oval': .45, '*cheek/cheek-bones-incr': .4, '*cheek/cheek-volume-decr': .15, 'nose/nose-scale-horiz-decr': .2, '*eyes/eye-bag-incr': .3, '*eyes/eye-scale-incr': .25, 'chin/chin-width-decr': .35, 'mouth/mouth-lowerlip-volume-incr': .2, 'neck/neck-scale-horiz-decr': .3,
            'asym/asym-brown-1-r': .3, 'asym/asym-mouth-2-l': .25, 'asym/asym-nose-1-l': .3}),
        skin=dict(names=[LIGHT_F + '.png', MID_F], weights=[.5, .5], freckles=.3, gain=(1.02, .96, .93)), tired=.5, lined=.3,
        iris=GREY, brow=('eyebrow010', (.30, .22, .15)), lash=('eyelashes03', (.05, .04, .03)),
        hair=dict(mesh='short02', color=(.46, .34, .21), verts=1100, head_only=True),
        clothes=('male_casualsuit05', w.jacket((.115, .135, .12), (.36, .37, .40), (.17, .19, .24))), cloth_verts=2150, shoes=('shoes04', (.12, .09, .07))),
    # White woman, 67, grey waves, glasses, cycling jacket.
    'woman-60s-cycling': dict(
        shape=dict(gender=0., age=.82, muscle=.5, weight=.40, height=.47, proportions=.5, cup=.45, firm=.3, details={
            **CALM, 'head/head-age-incr': .5, 'head/head-oval': .3, '*cheek/cheek-bones-incr': .3, '*cheek/cheek-volume-decr': .3, '*eyes/eye-bag-incr': .45, '*eyes/eye-eyefold-down': .35, 'mouth/mouth-laugh-lines-in': .45,
            'nose/nose-point-down': .2, 'neck/neck-double-incr': .15, 'asym/asym-brown-1-l': .3, 'asym/asym-mouth-1-r': .3, 'asym/asym-eye-2-r': .2}),
        skin=dict(names=[OLD_F, MID_F], weights=[.6, .4], freckles=.4, gain=(1.0, .955, .93)), tired=.4, lined=1.15, spots=.5, flush=.4,
        iris=BLUE, brow=('eyebrow010', (.50, .47, .44)), lash=('eyelashes02', (.25, .22, .20)),
        hair=dict(shell=.017, color=(.60, .595, .58), lumps=.13, depth=.26), glasses=(.35, .12, .13),
        clothes=('male_casualsuit02', w.cycling((.78, .42, .08), (.09, .10, .12))), cloth_verts=1600, shoes=('shoes05', None)),
    # White man, 52, thinning hair, worn fleece.
    'man-50s-fleece': dict(
        shape=dict(gender=1., age=.71, muscle=.40, weight=.66, height=.44, proportions=.35, details={
            **CALM, 'head/head-round': .35, 'head/head-age-incr': .25, 'head/head-fat-incr': .2, 'nose/nose-volume-incr': .35, 'nose/nose-point-width-incr': .25, '*eyes/eye-bag-incr': .6, '*eyes/eye-eyefold-down': .25,
            'mouth/mouth-angles-down': .1, '*ears/ear-wing-incr': .3, 'neck/neck-double-incr': .3, 'asym/asym-brown-2-l': .3, 'asym/asym-mouth-1-r': .35, 'asym/asym-nose-3-l': .3}),
        skin=dict(names=[MID_M, OLD_M], weights=[.72, .28], gain=(1.03, .955, .93)), stubble=(.48, (.38, .34, .31)), tired=.6, lined=.7, flush=.9,
        iris=(.36, .40, .40), brow=('eyebrow006', (.36, .30, .25)), lash=('eyelashes02', (.12, .10, .09)),
        hair=dict(bald=.040, cover=.75, color=(.36, .32, .28)),
        clothes=('male_casualsuit02', w.fleece((.27, .33, .27), (.17, .20, .19), (.25, .28, .33))), cloth_verts=1600, shoes=('shoes02', (.40, .38, .36))),
    # White woman, 45, fair hair tied back, headset and pass.
    'woman-40s-headset': dict(
        shape=dict(gender=0., age=.66, muscle=.40, weight=.64, height=.47, proportions=.4, cup=.6, firm=.35, details={
            **CALM, 'head/head-round': .3, 'head/head-age-incr': .15, 'head/head-fat-incr': .15, '*cheek/cheek-volume-incr': .25, '*eyes/eye-bag-incr': .4, 'mouth/mouth-laugh-lines-in': .3, 'nose/nose-point-up': .15, 'neck/neck-double-incr': .3,
            'asym/asym-brown-1-r': .3, 'asym/asym-mouth-1-l': .3, 'asym/asym-nose-2-l': .25}),
        skin=dict(names=[MID_F, LIGHT_F + '.png'], weights=[.6, .4], gain=(1.02, .965, .94)), tired=.45, lined=.5, flush=.35,
        iris=HAZEL, brow=('eyebrow010', (.33, .24, .16)), lash=('eyelashes03', (.07, .05, .04)),
        hair=dict(mesh='ponytail01', color=(.52, .38, .22), verts=1400), headset=True, card=(.10, .30, .52),
        clothes=('male_casualsuit03', w.with_lanyard(w.loose((.36, .46, .58), (.15, .155, .18), stripe=(.55, .62, .70)), (.09, .26, .46))), cloth_verts=1600, shoes=('shoes03', None)),
    # Black British woman, 52, nurse.
    'woman-50s-nurse': dict(
        shape=dict(gender=0., age=.71, muscle=.46, weight=.66, height=.45, proportions=.4, cup=.65, firm=.3, race={'african': .95, 'caucasian': .05}, details={
            **CALM, 'head/head-round': .3, 'head/head-age-incr': .15, '*cheek/cheek-volume-incr': .25, '*eyes/eye-bag-incr': .35, 'mouth/mouth-laugh-lines-in': .35, 'neck/neck-double-incr': .3,
            'asym/asym-brown-1-l': .25, 'asym/asym-mouth-2-l': .25, 'asym/asym-nose-1-l': .25}),
        skin=dict(names=[MID_BLACK_F, BLACK_F], weights=[.6, .4], gamma=.88, gain=(1.12, 1.06, 1.0)), tired=.25, lined=.5,
        iris=DARK, brow=('eyebrow010', (.06, .05, .045)), lash=('eyelashes03', (.03, .025, .02)),
        hair=dict(shell=.012, color=(.27, .255, .245), lumps=.28, tight=1.5, depth=.7),
        clothes=('male_casualsuit04', w.tunic((.13, .24, .46), (.86, .87, .88), (.08, .10, .18))), shoes=('shoes03', None)),
    # South Asian British woman, 29, headscarf, long tunic, pass on a lanyard.
    'woman-20s-headscarf': dict(
        shape=dict(gender=0., age=.53, muscle=.42, weight=.50, height=.48, proportions=.5, cup=.45, firm=.5, race={'caucasian': .60, 'african': .18, 'asian': .22}, details={
            **CALM, 'head/head-oval': .3, '*eyes/eye-scale-incr': .25, '*eyes/eye-bag-incr': .2, 'nose/nose-hump-incr': .1, 'nose/nose-scale-horiz-decr': .1, 'mouth/mouth-lowerlip-volume-incr': .2,
            'asym/asym-brown-1-l': .25, 'asym/asym-mouth-1-r': .25}),
        skin=dict(names=[LIGHT_F + '.png', ASIAN_F, BLACK_F], weights=[.36, .22, .42], gain=(1.04, .965, .885)), tired=.15,
        iris=DARK, brow=('eyebrow010', (.06, .045, .04)), lash=('eyelashes03', (.025, .02, .02)),
        hair=dict(color=(.05, .04, .04)), scarf=(.20, .36, .36), card=(.36, .52, .30),
        clothes=('male_casualsuit02', w.with_lanyard(w.jumper((.50, .44, .40), (.12, .12, .14), rib=False, denim=False), (.30, .48, .28))), cloth_verts=1600,
        skirt=dict(hem=.50, color=(.50, .44, .40), waist=.055, flare=.10), shoes=('shoes03', None)),
    # White man, 43, ambulance crew.
    'man-40s-paramedic': dict(
        shape=dict(gender=1., age=.65, muscle=.58, weight=.56, height=.54, proportions=.55, details={
            **CALM, 'head/head-rectangular': .25, 'head/head-age-incr': .1, 'nose/nose-hump-incr': .2, '*eyes/eye-bag-incr': .3, 'mouth/mouth-laugh-lines-in': .3, 'chin/chin-width-incr': .2, 'forehead/forehead-scale-vert-incr': .2,
            'asym/asym-brown-1-r': .3, 'asym/asym-mouth-2-l': .3, 'asym/asym-nose-1-r': .3}),
        skin=dict(names=[MID_M, LIGHT_M + '.png'], weights=[.5, .5], gain=(1.01, .955, .92)), stubble=(.36, (.26, .23, .21)), tired=.3, lined=.4,
        iris=BROWN, brow=('eyebrow001', (.18, .14, .11)), lash=('eyelashes02', (.07, .06, .05)),
        hair=dict(color=(.22, .185, .155), cover=.80),
        clothes=('male_casualsuit01', w.crew((.075, .20, .135), 'PARAMEDIC')), shoes=('shoes04', (.05, .05, .055))),
    # Black British man, 34, shop security.
    'man-30s-security': dict(
        shape=dict(gender=1., age=.56, muscle=.64, weight=.64, height=.51, proportions=.55, race={'african': .95, 'caucasian': .05}, details={
            **CALM, 'head/head-square': .2, 'head/head-fat-incr': .15, 'nose/nose-width2-incr': .15, '*cheek/cheek-volume-incr': .1, 'chin/chin-width-incr': .15,
            'asym/asym-brown-2-r': .25, 'asym/asym-mouth-1-l': .25, 'asym/asym-nose-2-r': .25}),
        skin=dict(names=[BLACK_M, MID_BLACK_M], weights=[.8, .2], gamma=.95, gain=(1.10, 1.02, .98)), stubble=(.75, (.04, .032, .03)), tired=.15,
        iris=DARK, brow=('eyebrow006', (.045, .036, .034)), lash=('eyelashes02', (.025, .02, .02)),
        hair=dict(shell=.006, color=(.085, .07, .062), lumps=.2, tight=1.8),
        clothes=('male_casualsuit02', w.guard()), cloth_verts=1600, shoes=('shoes04', (.05, .05, .055))),
    # White man, 39, police constable in shirt sleeves.
    'officer-man-shirt': dict(
        shape=dict(gender=1., age=.62, muscle=.56, weight=.52, height=.56, proportions=.55, details={
            **CALM, 'head/head-oval': .2, 'head/head-square': .15, 'nose/nose-scale-vert-incr': .15, 'nose/nose-width1-incr': .15, '*eyes/eye-bag-incr': .6, '*cheek/cheek-volume-decr': .2, 'mouth/mouth-laugh-lines-in': .2,
            'asym/asym-brown-1-l': .3, 'asym/asym-mouth-2-r': .25, 'asym/asym-nose-1-l': .3}),
        skin=dict(names=[LIGHT_M + '.png', MID_M], weights=[.5, .5], gain=(.99, .955, .93)), stubble=(.34, (.24, .20, .17)), tired=.7, lined=.35,
        iris=(.36, .42, .42), brow=('eyebrow001', (.20, .15, .11)), lash=('eyelashes02', (.08, .06, .05)),
        hair=dict(mesh='short02', color=(.20, .150, .105), verts=1100, head_only=True),
        clothes=('male_casualsuit04', w.uniform('male_casualsuit04', marked=True)), shoes=('shoes04', (.05, .05, .055))),
    # South Asian British woman, police constable.
    'officer-woman': dict(
        shape=dict(gender=0., age=.53, muscle=.55, weight=.48, height=.54, proportions=.6, cup=.4, firm=.6, race={'caucasian': .62, 'african': .14, 'asian': .24}, details={
            **CALM, 'head/head-oval': .2, 'head/head-square': .15, 'nose/nose-scale-vert-incr': .15, 'nose/nose-hump-incr': .2, '*eyes/eye-scale-incr': .25, 'mouth/mouth-upperlip-volume-incr': .2,
            'chin/chin-prominent-incr': .15, 'asym/asym-brown-1-l': .25, 'asym/asym-mouth-2-r': .25}),
        skin=dict(names=[LIGHT_F + '.png', ASIAN_F, BLACK_F], weights=[.37, .25, .38], gain=(1.03, .97, .90)),
        iris=BROWN, brow=('eyebrow010', (.06, .046, .04)), lash=('eyelashes03', (.03, .025, .02)),
        hair=dict(mesh='ponytail01', color=(.055, .045, .042), verts=1500),
        clothes=('male_casualsuit04', w.uniform('male_casualsuit04')), vest=False, shoes=('shoes04', (.05, .05, .055))),
    # Black British man, police constable.
    'officer-man': dict(
        shape=dict(gender=1., age=.57, muscle=.6, weight=.56, height=.55, proportions=.6, race={'african': .88, 'caucasian': .12}, details={
            **CALM, 'head/head-square': .25, 'head/head-fat-incr': .1, 'nose/nose-scale-horiz-decr': .1, 'chin/chin-width-incr': .15, '*eyes/eye-bag-incr': .2, 'mouth/mouth-laugh-lines-in': .2,
            'asym/asym-brown-1-r': .3, 'asym/asym-mouth-2-r': .25, 'asym/asym-nose-3-l': .25}),
        skin=dict(names=[BLACK_M, 'middleage_african_male/textures/middleage_darkskinned_male_diffuse.png'], weights=[.55, .45], gamma=.88, gain=(1.13, 1.05, 1.0)), stubble=(.35, (.05, .04, .04)),
        iris=DARK, brow=('eyebrow006', (.05, .04, .04)), lash=('eyelashes02', (.03, .03, .03)),
        hair=dict(color=(.05, .042, .04)),
        clothes=('male_casualsuit04', w.uniform('male_casualsuit04')), vest=True, shoes=('shoes04', (.05, .05, .055))),
}
