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
