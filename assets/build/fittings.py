"""What rooms are made of and what stands in them. Everything faces +Z with its back at z = 0, in the frame that `Set.at` gives."""
import numpy as np
from scipy import ndimage as ndi

from kit import blank, exit_sign, write


def wall(p, a, b, high, bands, holes=(), skirting=None):
    """A wall from a to b (x, z), its face on the right of the way. `bands` are (material, from, to, metres a tile), `holes` are
    (from, to, bottom, top) along it."""
    a, b = np.array(a, float), np.array(b, float)
    length = np.linalg.norm(b - a)
    turn = np.degrees(np.arctan2(-(b - a)[1], (b - a)[0]))
    # local x runs back along the way so that the face looks along local +Z
    with p.at(a[0], a[1], turn):
        cuts = sorted({0., length, *[h[0] for h in holes], *[h[1] for h in holes]})
        for s, e in zip(cuts, cuts[1:]):
            gaps = [h for h in holes if h[0] <= s + 1e-6 and h[1] >= e - 1e-6]
            spans = [(0., high)] if not gaps else [(0., gaps[0][2]), (gaps[0][3], high)]
            for y0, y1 in spans:
                for material, lo, hi, scale in bands:
                    lo, hi = max(lo, y0), min(hi, y1)
                    if hi > lo + .001:
                        p.quad(material, (s, lo, 0), (e, lo, 0), (e, hi, 0), (s, hi, 0), scale)
                if skirting and y0 == 0. and y1 > .2:
                    p.quad(skirting, (s, 0, .012), (e, 0, .012), (e, .11, .012), (s, .11, .012))
                    p.quad(skirting, (s, .11, .012), (e, .11, .012), (e, .11, 0), (s, .11, 0))
        p.soft(-.25, -.36, length + .25, .40)


def door(p, leaf, frame, w=.9, h=2.0, pane=None, glass='glass', kick=None, handle='chrome', plate=None, sign=None, panels=None, closer=False, lever=1):
    """A shut door in a wall. `pane` is (from x, to x, from y, to y) of its glass; `lever` is the side of the handle; `sign` a picture beside it."""
    f = .07
    for x0, x1 in ((-w / 2 - f, -w / 2), (w / 2, w / 2 + f)):
        p.box(frame, (x0, 0, 0), (x1, h + f, .035), skip='-y -z')
    p.box(frame, (-w / 2, h, 0), (w / 2, h + f, .035), skip='-y -z -x +x')
    p.quad(leaf, (-w / 2, .006, .012), (w / 2, .006, .012), (w / 2, h, .012), (-w / 2, h, .012))
    if pane:
        x0, x1, y0, y1 = pane
        p.box(frame, (x0 - .03, y0 - .03, .012), (x1 + .03, y1 + .03, .019), skip='-z')
        p.quad(glass, (x0, y0, .022), (x1, y0, .022), (x1, y1, .022), (x0, y1, .022))
    for x0, x1, y0, y1 in panels or ():
        p.box(leaf, (x0, y0, .012), (x1, y1, .026), skip='-z')
    if kick:
        p.quad(kick, (-w / 2 + .04, .03, .016), (w / 2 - .04, .03, .016), (w / 2 - .04, .24, .016), (-w / 2 + .04, .24, .016))
    x = lever * (w / 2 - .08)
    if plate:
        p.box(plate, (x - .04, .95, .012), (x + .04, 1.25, .02), skip='-z')
    else:
        p.box(handle, (x - .022, .95, .012), (x + .022, 1.13, .02), skip='-z')
        p.box(handle, (min(x, x - lever * .11), 1.035, .045), (max(x, x - lever * .11), 1.055, .065))
        p.box(handle, (x - .012, 1.035, .02), (x + .012, 1.055, .045), skip='-z +z')
    if closer:
        p.box(handle, (-lever * (w / 2 - .35) - .12, h - .10, .012), (-lever * (w / 2 - .35) + .12, h - .03, .07), skip='-z')
    if sign:
        name, sw, sh, y, dx = sign
        picture(p, name, dx, y, sw, sh, .024 if abs(dx) < w / 2 else .006)


def picture(p, name, x, y, w, h, z=.006, back=None):
    """A flat picture with its middle at (x, y)."""
    if back:
        p.box(back, (x - w / 2, y - h / 2, 0), (x + w / 2, y + h / 2, z - .002), skip='-z')
    p.quad(name, (x - w / 2, y - h / 2, z), (x + w / 2, y - h / 2, z), (x + w / 2, y + h / 2, z), (x - w / 2, y + h / 2, z), stretch=(1, 1))


def radiator_picture():
    a = blank(64, 64, (.82, .82, .79))
    for k in range(16):
        a[3:-3, k * 4] *= .74
        a[3:-3, k * 4 + 2] *= 1.06
    a[:3] *= .9
    a[-3:] *= .7
    return a


def radiator(p, w=1.0, low=.14, high=.70):
    """A panel radiator with its pipes; needs the picture `radiator` and the swatch `white`."""
    p.box('white', (-w / 2, low, .04), (w / 2, high, .10), skip='-z +z')
    p.quad('radiator', (-w / 2, low, .102), (w / 2, low, .102), (w / 2, high, .102), (-w / 2, high, .102), stretch=(1, 1))
    for x in (-w / 2 + .04, w / 2 - .04):
        p.tube('white', (x, 0, .07), (x, low, .07), .011, sides=5, caps=False)
    p.box('white', (w / 2, low + .02, .05), (w / 2 + .06, low + .08, .09))
    p.soft(-w / 2, 0, w / 2, .22)


def tubes(p, x, zs, top, long=1.2, w=.30, body='white', across=False):
    """Ceiling lights; the material `tube` shines."""
    for z in zs:
        a, b = (long / 2, w / 2) if across else (w / 2, long / 2)
        p.box(body, (x - a, top - .05, z - b), (x + a, top, z + b), skip='+y')
        p.quad('tube', (x - a + .03, top - .052, z - b + .03), (x + a - .03, top - .052, z - b + .03), (x + a - .03, top - .052, z + b - .03), (x - a + .03, top - .052, z + b - .03))


def vinyl(color, n=96, flecks=.5, seed=5):
    """Sheet flooring with a fine fleck."""
    r = np.random.default_rng(seed)
    a = blank(n, n, color) * (1 + .035 * ndi.gaussian_filter(r.standard_normal((n, n, 1)), (9, 9, 0), mode='wrap') * 9)
    spots = ndi.gaussian_filter((r.random((n, n)) > .97).astype('f4'), .6, mode='wrap')[..., None]
    return np.clip(a * (1 - spots * flecks * .5) + spots * flecks * .12, 0, 1)


def squares(color, other, n=64, grout=(.25, .24, .23)):
    """Floor or wall tiles, four to the picture."""
    a = blank(n, n, color)
    h = n // 2
    a[:h, h:], a[h:, :h] = other, other
    for k in (0, h):
        a[k:k + 1], a[:, k:k + 1] = grout, grout
    return a


def carpet(color, n=64, seed=3):
    r = np.random.default_rng(seed)
    return np.clip(blank(n, n, color) * (1 + .10 * r.standard_normal((n, n, 1))), 0, 1)


def grid(w=64, color=(.80, .80, .77)):
    """A suspended ceiling, four tiles to the picture."""
    r = np.random.default_rng(9)
    a = blank(w, w, color) * (1 + .02 * r.standard_normal((w, w, 1)))
    for k in (0, w // 2):
        a[k:k + 2] *= .80
        a[:, k:k + 2] *= .80
    return a


def handrail(p, length, material, y=.92, out=.07):
    """A rail along the wall from x = 0, on brackets."""
    p.box(material, (0, y - .07, out - .02), (length, y + .07, out + .02))
    for x in np.arange(.3, length, 1.2):
        p.box('chrome', (x - .02, y - .03, 0), (x + .02, y + .03, out), skip='-z +z')


def extinguisher(p, dx=0.):
    p.tube('red', (dx, .25, .11), (dx, .70, .11), .075, sides=9)
    p.tube('red', (dx, .70, .11), (dx, .76, .11), .075, .03, sides=9)
    p.box('black', (dx - .05, .76, .08), (dx + .06, .81, .14))
    p.box('black', (dx + .055, .45, .15), (dx + .08, .78, .175))
    p.quad('white', (dx - .05, .42, .187), (dx + .05, .42, .187), (dx + .05, .60, .187), (dx - .05, .60, .187))


def bin_(p, body, lid, w=.34, h=.62, d=.30):
    p.box(body, (-w / 2, 0, .03), (w / 2, h - .06, .03 + d), skip='-y')
    p.box(lid, (-w / 2 - .01, h - .06, .02), (w / 2 + .01, h, .04 + d))
    p.soft(-w / 2 - .1, -.05, w / 2 + .1, d + .16)


def plastic_chair(p, shell, leg='chrome'):
    """A stacking chair; mark a `seat` at its place, height .45."""
    p.box(shell, (-.22, .43, .06), (.22, .46, .48))
    p.quad(shell, (-.21, .50, .06), (.21, .50, .06), (.20, .84, .0), (-.20, .84, .0))
    p.quad(shell, (.21, .50, .05), (-.21, .50, .05), (-.20, .84, -.01), (.20, .84, -.01))
    for x in (-.19, .19):
        p.tube(leg, (x, 0, .46), (x, .43, .42), .012, sides=5, caps=False)
        p.tube(leg, (x, 0, .02), (x, .62, .04), .012, sides=5, caps=False)
    p.soft(-.30, -.06, .30, .56)


def office_chair(p, cloth, base='black'):
    p.box(cloth, (-.24, .44, -.22), (.24, .52, .24))
    p.box(cloth, (-.22, .60, -.30), (.22, 1.06, -.23))
    p.box(base, (-.03, .50, -.30), (.03, .62, -.25))
    p.tube(base, (0, .10, 0), (0, .45, 0), .03, sides=6, caps=False)
    for k in range(5):
        t = 2 * np.pi * k / 5
        p.tube(base, (0, .12, 0), (.30 * np.sin(t), .06, .30 * np.cos(t)), .025, .018, sides=4)
        p.tube(base, (.30 * np.sin(t) - .02, .03, .30 * np.cos(t)), (.30 * np.sin(t) + .02, .03, .30 * np.cos(t)), .03, sides=6)
    for x in (-.27, .27):
        p.box(base, (x - .025, .66, -.12), (x + .025, .69, .14))
        p.box(base, (x - .02, .48, -.02), (x + .02, .66, .02), skip='+y -y')
    p.soft(-.42, -.40, .42, .40)


def bench(p, length, slat, leg, y=.45, deep=.34, back=False):
    for k in range(3):
        z = .05 + k * deep / 3
        p.box(slat, (-length / 2, y - .03, z), (length / 2, y, z + deep / 3 - .02))
    for x in np.linspace(-length / 2 + .15, length / 2 - .15, max(2, int(length / 1.4) + 1)):
        p.box(leg, (x - .02, 0, .08), (x + .02, y - .03, .12), skip='-y')
        p.box(leg, (x - .02, 0, deep - .06), (x + .02, y - .03, deep - .02), skip='-y')
        p.box(leg, (x - .02, y - .07, .06), (x + .02, y - .03, deep), skip='-y')
        if back:
            p.box(leg, (x - .02, y, .0), (x + .02, y + .42, .04))
    if back:
        for y0 in (y + .14, y + .29):
            p.box(slat, (-length / 2, y0, .03), (length / 2, y0 + .10, .06))
    p.soft(-length / 2 - .1, -.05, length / 2 + .1, deep + .1)


def running_exit(p, x, y, z, turn=0., hang=.25):
    """The exit sign under a ceiling; needs the glow `exit_sign`."""
    with p.at(x, z, turn):
        p.box('white', (-.19, y - .085, -.02), (.19, y + .085, .018), skip='+z')
        p.quad('exit_sign', (-.18, y - .075, .02), (.18, y - .075, .02), (.18, y + .075, .02), (-.18, y + .075, .02), stretch=(1, 1))
        for s in (-.12, .12) if hang > .03 else ():
            p.box('white', (s - .006, y + .085, -.006), (s + .006, y + .085 + hang, .006), skip='+y -y')


def exit_glow(p):
    return p.glow('exit_sign', (.75, .75, .75), exit_sign())


def socket(p, x, y=.30):
    p.box('white', (x - .075, y - .045, 0), (x + .075, y + .045, .012), skip='-z')


def clock_face(hour, minute, n=64):
    v, u = np.mgrid[0:n, 0:n] / (n - 1) * 2 - 1
    r = np.hypot(u, v)
    a = blank(n, n, (.94, .94, .92))
    a[r > .92] = (.1, .1, .11)
    t = np.arctan2(u, -v)
    for k in range(12):
        d = np.abs((t - k * np.pi / 6 + np.pi) % (2 * np.pi) - np.pi)
        a[(r > .72) & (r < .86) & (d * r < .04)] = .1
    for turn, long, wide in ((2 * np.pi * (hour + minute / 60) / 12, .48, .06), (2 * np.pi * minute / 60, .74, .045)):
        dx, dy = np.sin(turn), -np.cos(turn)
        along, across = u * dx + v * dy, np.abs(u * dy - v * dx)
        a[(along > -.08) & (along < long) & (across < wide)] = .08
    return a


def clock(p, name, x, y, r=.15):
    p.tube('black', (x, y, 0), (x, y, .03), r + .01, sides=16)
    p.quad(name, (x - r * .98, y - r * .98, .032), (x + r * .98, y - r * .98, .032), (x + r * .98, y + r * .98, .032), (x - r * .98, y + r * .98, .032), stretch=(1, 1))


def products(seed, w=128, h=64, kinds='packs'):
    """A stretch of shelf as one sees it from the front: packs of invented goods, side by side, and shade behind."""
    r = np.random.default_rng(seed)
    a = blank(w, h, (.10, .09, .08))
    x = 1
    while x < w - 6:
        n = int(r.integers(7, 16))
        color = np.array([(.75, .16, .14), (.90, .70, .14), (.16, .36, .62), (.18, .50, .26), (.86, .84, .78), (.55, .20, .44), (.88, .46, .12), (.30, .62, .70)][r.integers(0, 8)]) * r.uniform(.8, 1.1)
        second = np.array([(.95, .94, .88), (.95, .82, .20), (.12, .14, .22), (.80, .12, .16)][r.integers(0, 4)])
        tall = int(h * r.uniform(.62, .92))
        kind = r.integers(0, 3)
        for _ in range(int(r.integers(2, 5))):
            if x + n >= w:
                break
            low, high = h, h - tall
            a[high:low, x:x + n - 1] = color
            a[high:low, x:x + 1] *= .75
            if kind == 0:                                   # box: label band and lettering
                a[high + tall // 4:high + tall // 2, x + 1:x + n - 2] = second
                a[high + tall // 4 + 3:high + tall // 4 + 5, x + 2:x + n - 3] = color * .6
            elif kind == 1:                                 # jar or tin: a lid, a round shine
                a[high:high + 4, x:x + n - 1] = (.62, .62, .60) if n % 2 else (.85, .80, .7)
                a[high + 6:low - 3, x + 1:x + n - 2] = second
                a[high + 10:low - 8, x + 2:x + n - 3] = color
                a[high:low, x + n // 3] *= 1.25
            else:                                           # bottle: shoulders, label
                neck = max(2, n // 3)
                a[high:high + tall // 4, x:x + n - 1] = (.10, .09, .08)
                a[high:high + tall // 4, x + n // 2 - neck // 2:x + n // 2 + neck - neck // 2] = second * .8
                a[high + tall // 2:low - 4, x + 1:x + n - 2] = second
            x += n
        x += int(r.integers(0, 3))
    return np.clip(a * (.62 + .38 * np.linspace(1, .72, h)[::-1, None, None]), 0, 1)


def shelf_edge(seed, w=128, h=8):
    """The strip with prices along a shelf."""
    r = np.random.default_rng(seed)
    a = blank(w, h, (.78, .78, .76))
    for x in range(3, w - 10, 14):
        a[1:-1, x:x + 9] = (.95, .94, .60) if r.random() < .25 else (.95, .95, .93)
        a[3:5, x + 1:x + 6] *= .3
    return a


def gondola(p, length, seed, shelves=(.14, .50, .84, 1.16, 1.48), top=1.92, goods=6, deep=.45):
    """Shelving seen from one side, bay by bay (1 m), running along local x from 0; the front edge at z = deep."""
    r = np.random.default_rng(seed)
    p.quad('shelf_back', (0, 0, .06), (length, 0, .06), (length, top, .06), (0, top, .06))
    p.box('shelf', (0, top - .04, 0), (length, top, .10), skip='-y -z')
    p.box('kick', (0, 0, .1), (length, .12, deep - .02), skip='-y -z')
    heights = [*shelves, top]
    for k, y in enumerate(shelves):
        out = deep if k < 2 else deep - .06 - .02 * k
        p.quad('shelf', (0, y, out), (length, y, out), (length, y, .06), (0, y, .06))
        p.quad('shelf_under', (0, y - .03, .06), (length, y - .03, .06), (length, y - .03, out), (0, y - .03, out))
        for x in np.arange(0, length - .01, 1.):
            p.quad(f'edge{int(r.integers(0, 2))}', (x, y - .035, out + .002), (x + 1, y - .035, out + .002), (x + 1, y + .01, out + .002), (x, y + .01, out + .002), stretch=(1, 1))
            high = min((heights[k + 1] - y) * r.uniform(.74, .90), .36)
            z = out - r.uniform(.03, .09)
            n = int(r.integers(0, goods))
            p.quad(f'goods{n}', (x + .02, y, z), (x + .98, y, z), (x + .98, y + high, z), (x + .02, y + high, z), stretch=(1, 1))
            p.quad('goods_top', (x + .02, y + high, z), (x + .98, y + high, z), (x + .98, y + high, .08), (x + .02, y + high, .08))
    for x in np.arange(0, length + .01, 1.):
        p.box('shelf_post', (x - .015, 0, .05), (x + .015, top, .08), skip='-y -z')
    p.soft(-.2, -.1, length + .2, deep + .35)


def leaves(p, material, x, y, z, r=.14, high=.26, n=7):
    """A pot plant's leaves, seen from both sides."""
    for k in range(n):
        t = k * 2.4
        lean, tall = r * (.55 + .45 * (k % 3) / 2), high * (.7 + .3 * ((k * 7) % 5) / 4)
        tip = (x + lean * np.sin(t), y + tall, z + lean * np.cos(t))
        mid = np.array([x + lean * .5 * np.sin(t), y + tall * .62, z + lean * .5 * np.cos(t)])
        side = np.array([np.cos(t), 0, -np.sin(t)]) * r * .26
        a, b = tuple(mid - side), tuple(mid + side)
        p.quad(material, (x, y, z), b, tip, a)
        p.quad(material, (x, y, z), a, tip, b)
