"""What people wear: paint for fitted garments, by where a texel lies on the body."""
import numpy as np
from scipy import ndimage as ndi

import lettering

# Which texels of a garment's picture are trousers; all else is the upper part.
TROUSERS = {
    'male_casualsuit01': lambda u, v: (u > .355) & (u < .715),
    'male_casualsuit02': lambda u, v: (v > .41) & ((u < .747) | ((u < .765) & (v < .6))),
    'male_casualsuit04': lambda u, v: v > .405,
    'male_casualsuit05': lambda u, v: (v > .56) & (u < .6),
    'female_casualsuit01': lambda u, v: (v > .395) & (u < .68),
}
STRIPED = lambda u, v: (((u > .56) & (u < .70) & (v < .30)) | ((u > .82) & (v > .24) & (v < .56)) | ((u < .155) & (v > .11) & (v < .175)) |
                         ((u < .21) & (v > .175) & (v < .225)) | ((u > .60) & (u < .80) & (v > .55) & (v < .635)))


def zones(c, name):
    v, u = np.mgrid[0:c.size, 0:c.size] / c.size
    legs = TROUSERS[name](u, v) if name in TROUSERS else _by_piece(c)
    inner = STRIPED(u, v) if name == 'male_casualsuit05' else np.zeros_like(legs)
    return legs, ~legs & ~inner, inner


def _by_piece(c):
    """Trousers are the pieces of the picture that mostly follow the legs."""
    label, count = ndi.label(c.mask)
    share = ndi.mean(c.leg, label, np.arange(1, count + 1))
    return np.concatenate([[False], share > .42])[label]


def _blue(c):
    return (c.hue > .5) & (c.hue < .7) & (c.sat > .25)


def jeans(c, legs, color, contrast=.55):
    c.dye(legs, color, strength=contrast, grain=.04, fold=.8)


def jumper(color, trousers, name='male_casualsuit02', rib=True, denim=True):
    """A plain jumper with ribbed hem, cuffs and neck."""
    def fx(c, J):
        legs, top, _ = zones(c, name)
        c.dye(top, color, keep=_blue(c), strength=.7, grain=.05, fold=1.3)
        if rib:
            hem = top & (c.arm < .5) & (c.y < c.y[top & c.mask].min() + .05)
            cuff = top & (c.arm > .5) & (np.abs(c.x) > abs(J['hand_l'][0]) - .055)
            lines = .5 + .5 * np.sin(np.where(c.arm > .5, c.y * .7 + c.z, c.x + c.z * .7) * 900)
            c.darken(np.where(hem | cuff, .10 + .10 * lines, 0))
            c.darken(np.where(top & (c.y > J['neck_01'][1] - .02) & (c.arm < .4), .12, 0))
        jeans(c, legs, trousers, .55 if denim else .25)
    return fx


def tee(color, trousers, name, denim=True):
    def fx(c, J):
        legs, top, _ = zones(c, name)
        c.dye(top, color, keep=_blue(c), strength=.7, grain=.035, fold=1.3)
        c.darken(np.where(top & (c.arm < .4) & (c.y > J['neck_01'][1] - .005), .18, 0))
        jeans(c, legs, trousers, .6 if denim else .2)
    return fx


def jacket(color, shirt, trousers, denim=True):
    """Open jacket over a plain shirt, jeans or plain trousers."""
    def fx(c, J):
        legs, top, inner = zones(c, 'male_casualsuit05')
        c.dye(top, color, strength=1., grain=.03)
        c.dye(inner, shirt, strength=.12, grain=.03)
        jeans(c, legs, trousers, .55 if denim else .2)
    return fx


def shirt(color, trousers, belt=(.10, .07, .05)):
    """Tucked-in shirt with a belt, plain trousers."""
    def fx(c, J):
        legs, top, _ = zones(c, 'male_casualsuit01')
        c.dye(top, color, strength=.75, grain=.02)
        c.dye(legs, trousers, strength=.45, grain=.03)
        waist = c.y[legs & c.mask].max()
        c.paint(legs & (c.y > waist - .035), belt)
        placket = top & (c.z > 0) & (c.arm < .3) & (np.abs(c.x) < .018)
        c.darken(np.where(placket & (np.abs(np.abs(c.x) - .016) < .002), .3, 0))
        for k in range(7):
            y = J['neck_01'][1] - .03 - k * .078
            c.paint((np.hypot(c.x, c.y - y) < .0055) & (c.z > 0) & top & (c.arm < .3), (.86, .86, .83), False)
    return fx


def cardigan(color, blouse, trousers):
    """Cardigan worn open at the neck over a light blouse; drawn on the jumper."""
    def fx(c, J):
        jumper(color, trousers, denim=False)(c, J)
        legs, top, _ = zones(c, 'male_casualsuit02')
        neck, low = J['neck_01'][1] + .03, c.y[top & c.mask].min()
        front = top & (c.z > .0) & (c.arm < .35)
        depth = np.clip((neck - c.y) / (neck - low), 0, 1)
        opening = .062 * np.clip(1 - depth / .62, 0, 1) ** .8 + .004
        inside = front & (np.abs(c.x) < opening) & (depth < .62)
        band = front & ~inside & (np.abs(c.x) < opening + .024)
        c.darken(np.where(band, .20, 0))
        c.darken(np.where(front & (np.abs(np.abs(c.x) - opening - .025) < .0025), .35, 0))
        c.darken(np.where(front & (np.abs(c.x) < .0025) & (depth >= .62), .55, 0))
        pattern = .05 * np.sin(c.x * 500) * np.sin(c.y * 500)
        c.paint(inside, blouse)
        c.darken(np.where(inside, .08 + pattern + .5 * np.clip((np.abs(c.x) - opening + .008) / .008, 0, 1), 0))
        for k in range(5):
            y = neck - (.66 + .075 * k) * (neck - low)
            c.paint((np.hypot(c.x - .012, c.y - y) < .007) & front, (.16, .10, .09), False)
    return fx


def uniform(name, marked=False):
    """Short-sleeved black shirt and black trousers with a duty belt."""
    def fx(c, J):
        legs, top, _ = zones(c, name)
        c.dye(top, (.062, .064, .072), keep=_blue(c), strength=.5, grain=.05, fold=1.4)
        c.dye(legs, (.050, .052, .060), strength=.25, grain=.05, fold=1.2)
        side = legs & (np.abs(c.z - J['thigh_l'][2]) < .012)
        c.darken(np.where(side, .25, 0))
        if marked:
            word(c, 'POLICE', (.84, .85, .87), J['spine_03'][1] + .115, .23, .052, back=True)
            word(c, 'POLICE', (.84, .85, .87), J['spine_03'][1] + .085, .095, .021, at=.085)
            c.paint(top & (c.arm > .25) & (c.arm < .75) & (np.abs(c.z - J['upperarm_l'][2]) < .026), (.03, .03, .034))
        belt = J['pelvis'][1] + .055
        c.paint(legs & (np.abs(c.y - belt) < .028), (.03, .03, .032))
        c.paint(legs & (np.abs(c.y - belt) < .018) & (np.abs(c.x) < .025) & (c.z > 0), (.20, .20, .21))
    return fx


def lanyard(c, J, color):
    """A ribbon from the neck to the card on the chest."""
    y, neck = (J['spine_03'][1] + J['spine_02'][1]) / 2 + .02, J['neck_01'][1] + .03
    part = np.clip((neck - c.y) / (neck - y), 0, 1)
    at = .070 * (1 - part) ** .8
    where = (c.z > 0) & (c.arm < .3) & (c.y > y) & (c.y < neck - .005)
    c.darken(np.where(where & (np.abs(np.abs(c.x) - at) < .0085), .25, 0))
    c.paint(where & (np.abs(np.abs(c.x) - at) < .0062), color)


def word(c, text, color, y, wide, high, back=False, at=0.):
    x = -(c.x - at) if back else c.x - at
    ink = lettering.word(text, x / wide + .5, (c.y - y) / high + .5)
    where = (c.z < 0 if back else c.z > 0) & (c.arm < .3) & (np.abs(x) < wide * .52) & (np.abs(c.y - y) < high * .55)
    c.paint(np.where(where, ink, 0), color)


def with_lanyard(fx, color):
    def both(c, J):
        fx(c, J)
        lanyard(c, J, color)
    return both


def school(color, stripes, trousers):
    """A V-necked school jumper over a white shirt and a striped tie."""
    def fx(c, J):
        jumper(color, trousers, denim=False)(c, J)
        legs, top, _ = zones(c, 'male_casualsuit02')
        neck = J['neck_01'][1] + .03
        depth = (neck - c.y).clip(0)
        wide = .060 * np.clip(1 - depth / .155, 0, 1) ** .75
        front = top & (c.z > 0) & (c.arm < .3)
        inside = front & (np.abs(c.x) < wide) & (depth < .155)
        collar = top & (c.arm < .3) & ~inside & np.where(c.z > 0, np.abs(c.x) < wide + .013 + .10 * (.05 - depth).clip(0), c.y > J['neck_01'][1] + .004) & (depth < .075)
        c.darken(np.where(front & (np.abs(c.x) < wide + .016) & (depth < .172), .16, 0))
        c.paint(inside, (.84, .84, .84))
        c.paint(collar, (.84, .84, .84))
        c.darken(np.where(inside & (np.abs(c.x) > wide - .006), .35, 0))
        tie = inside & (np.abs(c.x) < .011 + .045 * depth) & (depth > .018)
        band = np.floor((c.y + c.x * .8) / .014).astype(int) % 2
        c.paint(tie, color)
        c.paint(tie & (band == 0), stripes)
        c.darken(np.where(inside & (np.abs(depth - .040) < .004) & tie, .5, 0))
    return fx


def hoodie(color, trousers, cord=(.80, .79, .76), denim=True):
    """A hooded sweatshirt (the hood is modelled): front pocket, cords."""
    def fx(c, J):
        jumper(color, trousers, denim=denim)(c, J)
        _, top, _ = zones(c, 'male_casualsuit02')
        front, low = top & (c.z > 0) & (c.arm < .35), c.y[top & c.mask].min()
        y0, y1 = low + .075, low + .215
        side = .120 - .055 * np.clip((c.y - y0 - .04) / (y1 - y0 - .04), 0, 1)
        edge = (np.abs(np.abs(c.x) - side) < .0022) & (c.y > y0) & (c.y < y1) | (np.abs(c.y - y1) < .0022) & (np.abs(c.x) < .065)
        c.darken(np.where(front & edge, .38, 0))
        for x, long in ((.034, .15), (-.032, .13)):
            y = J['neck_01'][1] - .005
            c.paint(front & (np.abs(c.x - x) < .003) & (c.y < y) & (c.y > y - long), cord, False)
    return fx


def gown(color, lapel, pyjama, stripe=None):
    """The upper part of a dressing gown: crossed collar over a pyjama top; pyjama legs. The skirt and the belt are modelled."""
    def fx(c, J):
        legs, top, _ = zones(c, 'male_casualsuit02')
        c.dye(top, color, keep=_blue(c), strength=.25, grain=.045, fold=.8)
        c.dye(legs, pyjama, strength=.2, grain=.03)
        if stripe is not None:
            c.paint(legs & (np.abs(((c.x * 1.3 + c.z * .4) % .022) - .011) < .0016), stripe)
        neck, low = J['neck_01'][1] + .03, J['pelvis'][1] + .08
        depth = np.clip((neck - c.y) / (neck - low), 0, 1)
        front = top & (c.z > 0) & (c.arm < .35)
        wide = .064 * np.clip(1 - depth / .55, 0, 1) ** .9
        inside = front & (np.abs(c.x) < wide) & (depth < .55)
        band = top & (c.arm < .35) & ~inside & (((c.z > 0) & (np.abs(c.x) < wide + .046 - .01 * depth)) | ((c.z <= 0) & (c.y > J['neck_01'][1] - .03)))
        c.dye(band, lapel, keep=_blue(c), strength=.2, grain=.05, fold=.6)
        c.darken(np.where(front & (np.abs(np.abs(c.x) - wide - .046 + .01 * depth) < .003), .35, 0))
        c.paint(inside, pyjama)
        if stripe is not None:
            c.paint(inside & (np.abs((np.abs(c.x) % .018) - .009) < .0014), stripe)
        c.darken(np.where(inside & (np.abs(c.x) > wide - .007), .35, 0))
        c.darken(np.where(front & (np.abs(c.x) < .003) & (depth > .55), .5, 0))
        cuff = top & (c.arm > .5) & (np.abs(c.x) > abs(J['hand_l'][0]) - .075)
        c.darken(np.where(cuff, .12, 0))
    return fx


def tunic(color, trim, trousers, name='male_casualsuit04'):
    """A nurse's tunic: short sleeves, trim, pockets, a watch."""
    def fx(c, J):
        legs, top, _ = zones(c, name)
        c.dye(top, color, keep=_blue(c), strength=.45, grain=.02, fold=1.)
        c.dye(legs, trousers, strength=.2, grain=.03)
        front, neck = top & (c.z > 0) & (c.arm < .3), J['neck_01'][1]
        c.paint(top & (c.arm < .3) & (c.y > neck + .004) & (np.abs(c.x) < .1), trim)
        v = (neck + .01 - c.y).clip(0)
        c.paint(front & (np.abs(np.abs(c.x) - .055 * np.clip(1 - v / .12, 0, 1)) < .006) & (v < .12), trim)
        edge = np.abs(c.x)[top & c.mask & (c.arm > .8)].max()
        c.paint(top & (c.arm > .6) & (np.abs(c.x) > edge - .020), trim)
        c.darken(np.where(front & (np.abs(c.x) < .002) & (v > .12), .4, 0))
        for x in (.095, -.095):
            y = J['pelvis'][1] + .03
            box = (np.abs(c.x - x) < .055) & (np.abs(c.y - y) < .06)
            inner = (np.abs(c.x - x) < .0525) & (np.abs(c.y - y) < .0575)
            c.darken(np.where(front & box & ~inner, .3, 0))
        wy = J['spine_03'][1] + .02
        c.paint(front & (np.abs(c.x - .085) < .005) & (np.abs(c.y - wy) < .022), (.62, .63, .65), False)
        c.paint(front & (np.hypot(c.x - .085, c.y - wy + .03) < .013), (.75, .76, .78), False)
        c.paint(front & (np.hypot(c.x - .085, c.y - wy + .03) < .009), (.93, .93, .9), False)
    return fx


def crew(color, text, band=(.80, .82, .80)):
    """Work clothes of an ambulance crew: long sleeves, pockets, a reflecting band, the word on the back."""
    def fx(c, J):
        shirt(color, tuple(.8 * x for x in color), (.05, .05, .05))(c, J)
        legs, top, _ = zones(c, 'male_casualsuit01')
        c.dye(top, color, strength=.75, grain=.03)
        y = J['spine_02'][1] + .05
        c.paint(top & (np.abs(c.y - y) < .016) & (c.arm < .3), band)
        c.paint(top & (c.arm > .6) & (np.abs(np.abs(c.x) - abs(J['lowerarm_l'][0]) + .03) < .014), band)
        for x in (.085, -.085):
            py = J['spine_03'][1] + .055
            box = (np.abs(c.x - x) < .052) & (np.abs(c.y - py) < .058)
            inner = (np.abs(c.x - x) < .049) & (np.abs(c.y - py) < .055)
            c.darken(np.where(top & (c.z > 0) & (c.arm < .3) & (box & ~inner | box & (np.abs(c.y - py - .028) < .002)), .4, 0))
        word(c, text, (.90, .91, .88), J['spine_03'][1] + .115, .27, .05, back=True)
        word(c, text, (.90, .91, .88), J['spine_03'][1] + .135, .11, .019, at=.085)
        side = legs & (np.abs(c.x) > abs(J['thigh_l'][0])) & (np.abs(c.y - J['calf_l'][1] - .12) < .07)
        c.darken(np.where(side & (np.abs(np.abs(c.y - J['calf_l'][1] - .12) - .068) < .002), .4, 0))
    return fx


def polo(color, trousers, name='male_casualsuit04', denim=False):
    def fx(c, J):
        tee(color, trousers, name, denim)(c, J)
        _, top, _ = zones(c, name)
        neck = J['neck_01'][1]
        c.darken(np.where(top & (c.arm < .3) & (c.y > neck - .020 - .012 * (c.z > 0)), .16, 0))
        placket = top & (c.z > 0) & (c.arm < .3) & (c.y > neck - .13)
        c.darken(np.where(placket & (np.abs(np.abs(c.x) - .014) < .0018), .35, 0))
        for k in range(3):
            c.paint(placket & (np.hypot(c.x, c.y - neck + .035 + .04 * k) < .0045), (.85, .85, .82), False)
    return fx


def cycling(color, dark, band=(.82, .84, .84)):
    """A bright cycling jacket with reflecting bands, dark leggings."""
    def fx(c, J):
        legs, top, _ = zones(c, 'male_casualsuit02')
        c.dye(top, color, keep=_blue(c), strength=.4, grain=.015, fold=1.5)
        c.dye(legs, dark, strength=.12, grain=.02, fold=.4)
        front = top & (c.z > 0) & (c.arm < .35)
        shoulders = top & (c.y > J['spine_03'][1] + .050) & (c.arm < .80)
        c.paint(shoulders, dark)
        c.paint(top & (np.abs(c.y - J['spine_02'][1]) < .013) & (c.arm < .3), band)
        c.paint(top & (c.arm > .6) & (np.abs(np.abs(c.x) - abs(J['lowerarm_l'][0]) - .05) < .012), band)
        c.paint(top & (c.arm < .3) & (c.y > J['neck_01'][1] - .012), dark)
        c.paint(front & (np.abs(c.x) < .004), (.10, .10, .11))
        c.paint(front & (np.abs(c.x - .002) < .0012), band, False)
        c.paint(legs & (np.abs(c.z - J['thigh_l'][2]) < .010) & (c.y < J['calf_l'][1] + .05), band)
    return fx


def fleece(color, yoke, trousers):
    """A worn half-zip fleece."""
    def fx(c, J):
        jumper(color, trousers, rib=False)(c, J)
        _, top, _ = zones(c, 'male_casualsuit02')
        c.dye(top, color, keep=_blue(c), strength=.3, grain=.10, fold=.9)
        neck = J['neck_01'][1]
        c.dye(top & (c.y > J['spine_03'][1] + .055) & (c.arm < .8), yoke, keep=_blue(c), strength=.3, grain=.10, fold=.9)
        c.darken(np.where(top & (c.arm < .3) & (c.y > neck - .018), .20, 0))
        c.paint(top & (c.z > 0) & (np.abs(c.x) < .0035) & (c.y > neck - .17) & (c.arm < .3), (.16, .16, .17))
    return fx


def plaid(base, dark, pale, trousers, name='male_casualsuit03', denim=True):
    """A checked shirt worn loose."""
    def fx(c, J):
        legs, top, _ = zones(c, name)
        c.dye(top, base, strength=.10, grain=.03, fold=1.3)
        across = np.where(c.arm > .5, c.y * .7 + c.z, c.x)
        along = np.where(c.arm > .5, np.abs(c.x), c.y)
        for v, k in ((across, .052), (along, .052)):
            c.paint(top & (np.abs((v % k) - k / 2) < .0105), dark, alpha=.42)
            c.paint(top & (np.abs((v % k) - .006) < .0016), pale, alpha=.5)
        buttons(c, top, J, (.80, .79, .74))
        jeans(c, legs, trousers, .55 if denim else .2)
    return fx


def loose(color, trousers, name='male_casualsuit03', denim=False, stripe=None):
    """A plain shirt or blouse worn loose."""
    def fx(c, J):
        legs, top, _ = zones(c, name)
        c.dye(top, color, strength=.08, grain=.025, fold=1.3)
        if stripe is not None:
            across = np.where(c.arm > .5, c.y * .7 + c.z, c.x)
            c.paint(top & (np.abs((across % .016) - .008) < .0013), stripe)
        buttons(c, top, J, tuple(min(1, 1.25 * x) for x in color))
        jeans(c, legs, trousers, .55 if denim else .2)
    return fx


def buttons(c, top, J, color):
    front = top & (c.z > 0) & (c.arm < .3)
    c.darken(np.where(front & (np.abs(c.x - .014) < .0015), .28, 0))
    for k in range(7):
        c.paint(front & (np.hypot(c.x, c.y - J['neck_01'][1] + .045 + k * .075) < .005), color, False)


def hot(fx, wet=.30):
    """The same garment, dark with sweat at the chest, the arms and the back."""
    def both(c, J):
        fx(c, J)
        y = J['spine_03'][1]
        blot = 1 + .25 * np.sin(c.x * 60 + c.y * 47) + .15 * np.sin(c.y * 131)
        chest = np.exp(-((c.x / .075) ** 2 + ((c.y - y + .03) / .13) ** 2)) * blot
        pits = np.exp(-(((np.abs(c.x) - abs(J['upperarm_l'][0])) / .06) ** 2 + ((c.y - J['upperarm_l'][1] + .08) / .075) ** 2)) * 1.2
        c.darken(wet * np.clip(chest + pits, 0, 1) * (c.leg < .2))
    return both


def guard(text='SECURITY'):
    """A dark jumper with the word on chest and back."""
    def fx(c, J):
        jumper((.085, .09, .10), (.075, .078, .085), denim=False)(c, J)
        word(c, text, (.86, .87, .88), J['spine_03'][1] + .105, .26, .048, back=True)
        word(c, text, (.86, .87, .88), J['spine_03'][1] + .085, .11, .020, at=.08)
    return fx
