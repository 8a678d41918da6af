"""Build the places as assets/places/NAME.glb: the subject at the origin facing +Z, the officer on +Z up to 10 m, floor at y = 0.

    python3 assets/build/build_places.py [NAME ...]
"""
import os
import sys

import sources

sources.environment()

import numpy as np

import lettering
from kit import Set
import places_inside
import places_outside
from scenery import Place, noise

OUT = os.environ.get('PLACES_OUT') or os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'places')
BLACK = (0, 0, 0)


def sky(p, horizon, zenith, glow=None, radius=140.):
    """A dome that shows its own colours, whatever the lights: `glow` is the colour at the horizon towards -Z."""
    h, w = 64, 64
    up, round_ = np.mgrid[0:h, 0:w]
    up = (1 - up / (h - 1))[..., None]
    a = np.array(horizon) * (1 - up ** .6) + np.array(zenith) * up ** .6
    if glow:
        a = a + np.array(glow) * np.exp(-(up / .22) ** 2) * (.5 + .5 * np.cos(round_ / w * 2 * np.pi))[..., None]
    a = a * (1 + .03 * noise(64, 5, np.random.default_rng(3))[..., None])
    p.material('sky', BLACK, 1., emissive=(1, 1, 1), glow=True, image=np.clip(a, 0, 1), double=True)
    pts, uv, tri, n, m = [], [], [], 20, 5
    for j in range(m + 1):
        e = -.12 + (np.pi / 2 + .12) * j / m
        for i in range(n + 1):
            t = 2 * np.pi * i / n
            pts.append((radius * np.cos(e) * np.sin(t), radius * np.sin(e), -radius * np.cos(e) * np.cos(t)))
            uv.append((i / n, 1 - max(0, j - .4) / (m - .4) * .98 - .01))
    for j in range(m):
        for i in range(n):
            a0, b0 = j * (n + 1) + i, (j + 1) * (n + 1) + i
            tri += [(a0, a0 + 1, b0 + 1), (a0, b0 + 1, b0)]
    p.faces('sky', pts, [(0, 1, 0)] * len(pts), uv, tri)


def plate(color, ink, text):
    """A small sign with a number or a word."""
    h, w = 64, max(64, 40 * len(text))
    v, u = np.mgrid[0:h, 0:w]
    a = np.zeros((h, w, 3)) + color
    k = lettering.word(text, (u / w - .12) / .76, 1 - (v / h - .2) / .6)[..., None]
    return a * (1 - k) + np.array(ink) * k


def gable_house(p, x0, x1, z, depth, floor, eaves, ridge, wall, roof, lit=(), glow='lit', dark='unlit'):
    """A plain house seen from one side; `lit` are (x, y) of lit windows, the rest of the grid is dark."""
    front = z + depth if depth > 0 else z + depth
    p.box(wall, (x0, floor, min(z, front)), (x1, eaves, max(z, front)), 2.2, '-y +y')
    mid = (z + front) / 2
    for a, b, face in ((x0 - .25, x1 + .25, 1), ):
        lo, hi = min(z, front) - .3, max(z, front) + .3
        p.quad(roof, (a, eaves - .1, hi), (b, eaves - .1, hi), (b, ridge, mid), (a, ridge, mid), 2.)
        p.quad(roof, (b, eaves - .1, lo), (a, eaves - .1, lo), (a, ridge, mid), (b, ridge, mid), 2.)
    for x, s in ((x0, -1), (x1, 1)):
        tri = [(x, eaves, min(z, front)), (x, eaves, max(z, front)), (x, ridge - .1, mid)]
        p.faces(wall, tri, [(s, 0, 0)] * 3, [(t[2] / 2.2, -t[1] / 2.2) for t in tri], [(0, 1, 2) if s < 0 else (0, 2, 1)])
    p.box(wall, (x1 - .9, ridge - .6, mid - .3), (x1 - .2, ridge + .8, mid + .3), 2.2)
    near = max(z, front) if mid < 0 else min(z, front)
    step = .03 if mid < 0 else -.03
    for wx, wy, on in lit:
        a, b = (wx - .55, wx + .55) if mid < 0 else (wx + .55, wx - .55)
        p.quad(glow if on else dark, (a, wy, near + step), (b, wy, near + step), (b, wy + 1.1, near + step), (a, wy + 1.1, near + step), stretch=(1, 1))


def footbridge():
    """A footbridge over a main road at the edge of a town, at night, after rain."""
    p = Place()
    rng = np.random.default_rng(4)
    sky(p, (.105, .085, .085), (.012, .016, .032), (.10, .058, .03))
    p.material('deck', rough=.28, tile='wet_deck', size=512)
    p.material('concrete', rough=.85, tile='concrete')
    p.material('rail', rough=.45, tile='metal', size=128)
    p.material('paint', (.30, .36, .33), .5)
    p.material('lamp', BLACK, .5, emissive=(1.9, 1.5, .95))
    p.material('road', (.5, .5, .52), .35, tile='asphalt')
    p.material('line', (.55, .55, .52), .7)
    p.material('ground', (.075, .088, .062), 1.)
    p.material('tree', (.042, .056, .038), 1.)
    p.material('town', BLACK, 1., emissive=(1, 1, 1), glow=True, tile='terraces')
    p.material('roofline', (.070, .068, .072), 1.)
    p.material('street_light', BLACK, 1., emissive=(1.8, 1.1, .5))
    p.material('head_light', BLACK, 1., emissive=(1.6, 1.55, 1.4))
    p.material('tail_light', BLACK, 1., emissive=(1.2, .08, .05))
    p.material('plate', (.07, .22, .17), .6)
    p.material('plate_text', (.90, .91, .88), .6)

    left, right, start, end = -.62, 2.3, -9., 15.
    # deck: a wet strip, a drain along each side, the beam below
    p.quad('deck', (left, 0, end), (right, 0, end), (right, 0, start), (left, 0, start), 2.4)
    for x in (left, right):
        p.box('concrete', (x - .16, -.55, start), (x + .16, .09, end), 1.6)
    p.box('concrete', (left + .2, -.5, start), (right - .2, -.02, end), 1.6, '+y')
    for z in np.arange(start + 3, end, 6):
        p.box('concrete', (left + .16, .001, z - .015), (right - .16, .006, z + .015), 1.6, '-y')
    # parapets: posts, bars, handrail, lower rail
    for x, inward in ((left, 1), (right, -1)):
        for y, r in ((1.32, .034), (.20, .022)):
            p.tube('rail', (x, y, start), (x, y, end), r, sides=8)
        p.tube('rail', (x + inward * .07, 1.02, start), (x + inward * .07, 1.02, end), .024, sides=8)
        for z in np.arange(start, end + .1, 2.0):
            p.box('rail', (x - .035, .05, z - .03), (x + .035, 1.36, z + .03), .5, '-y')
        for z in np.arange(start + .145, end, .145):
            p.tube('rail', (x, .2, z), (x, 1.3, z), .011, sides=3, caps=False)
    # lamps on the right-hand side, one near the subject
    for z in (-6.5, 1.4, 9.3):
        p.tube('paint', (right + .10, -.2, z), (right + .10, 3.5, z), .055, .04, sides=10)
        p.tube('paint', (right + .10, 3.48, z), (right - .55, 3.66, z), .03, .026, sides=8)
        p.box('paint', (right - 1.0, 3.63, z - .10), (right - .42, 3.72, z + .10), 1)
        p.box('lamp', (right - .96, 3.60, z - .075), (right - .48, 3.632, z + .075), 1, '+y')
    # a help-line plate on the near parapet, no brand
    p.box('plate', (left + .045, .62, -1.55), (left + .06, 1.0, -1.0), 1)
    for y, z0, z1 in ((.88, -1.47, -1.08), (.79, -1.47, -1.16), (.70, -1.42, -1.13)):
        p.box('plate_text', (left + .058, y, z0), (left + .064, y + .035, z1), 1)
    # end behind the subject: the deck turns to a stair; a wall closes the view
    p.box('concrete', (left - .2, -.5, start - 2.4), (right + 3.2, -.01, start), 1.6)
    p.quad('deck', (left, .0, start), (right + 3.2, .0, start), (right + 3.2, .0, start - 2.3), (left, .0, start - 2.3), 2.4)
    p.box('concrete', (left - .2, -.5, start - 2.6), (right + 3.2, 1.15, start - 2.35), 1.6)
    p.tube('rail', (left - .1, 1.30, start - 2.47), (right + 3.2, 1.30, start - 2.47), .034, sides=8)
    for k in range(9):
        p.box('concrete', (right + 3.2 + k * .3, -.5 - k * .17, start - 2.3), (right + 3.5 + k * .3, -.17 - k * .17, start - .1), 1.6, '-y')
    # the other end
    p.box('deck', (left - .2, -.5, end), (right + .2, -.005, end + 14), 2.4)
    for x in (left, right):
        p.tube('rail', (x, 1.32, end), (x, 1.0, end + 14), .034, sides=8)
    for z in (-5.5, 12.5):
        p.box('concrete', (.1, -6.4, z - .45), (1.6, -.5, z + .45), 1.6, '+y')
    # the road below: two carriageways, verge, tail and head lights far off
    y = -6.4
    p.quad('ground', (-130, y - .1, 130), (130, y - .1, 130), (130, y - .1, -130), (-130, y - .1, -130), 40)
    for z0, z1 in ((-4.2, 2.9), (4.1, 11.2)):
        p.quad('road', (-110, y, z1), (110, y, z1), (110, y, z0), (-110, y, z0), 3)
        for x in np.arange(-66, 66, 6.):
            p.quad('line', (x, y + .02, (z0 + z1) / 2 + .07), (x + 2, y + .02, (z0 + z1) / 2 + .07), (x + 2, y + .02, (z0 + z1) / 2 - .07), (x, y + .02, (z0 + z1) / 2 - .07))
    p.box('rail', (-100, y + .45, 3.4), (100, y + .75, 3.6), 1)
    for x, z, kind in ((-38, -2.2, 'head_light'), (-61, 1.0, 'head_light'), (34, -2.4, 'head_light'), (-30, 6.0, 'tail_light'), (-52, 9.2, 'tail_light'), (41, 9.4, 'tail_light'), (58, 6.2, 'tail_light'), (75, 1.0, 'head_light')):
        for dz in (-.7, .7):
            p.box(kind, (x - .1, y + .5, z + dz - .16), (x + .1, y + .78, z + dz + .16), 1)
    for x in (-58, -34, -12, 20, 44, 68):
        p.tube('paint', (x, y, 3.5), (x, y + 9, 3.5), .09, .06, sides=6, caps=False)
        for s in (-1, 1):
            p.box('street_light', (x - .22, y + 8.9, 3.5 + s * 1.3 - .35), (x + .22, y + 9.05, 3.5 + s * 1.3 + .35), 1)
            p.tube('paint', (x, y + 8.9, 3.5), (x, y + 9.05, 3.5 + s * 1.3), .04, sides=5, caps=False)
    # the town: rows of two-storey houses with chimneys, a church, trees, on both ends
    for side in (-1, 1):
        for row, dist in ((0, 44), (1, 60), (2, 80)):
            x = -75 - row * 8.
            while x < 75 + row * 8:
                w = rng.uniform(7, 15)
                z = side * (dist + rng.uniform(-3, 3))
                foot = y + (0, 3.2, 7.2)[row]
                h = foot + 5.6 + rng.uniform(-.3, .5)
                n = np.array([0, 0, -side])
                a, b = (x, x + w) if side < 0 else (x + w, x)
                off = rng.integers(0, 9) / 9
                P = [(a, foot, z), (b, foot, z), (b, h, z), (a, h, z)]
                p.faces('town', P, [n.tolist()] * 4, [(off, 1 / 3 + row / 3), (off + w / 22, 1 / 3 + row / 3), (off + w / 22, row / 3), (off, row / 3)], [(0, 1, 2), (0, 2, 3)])
                p.quad('roofline', (a, h, z), (b, h, z), (b, h + 2.1, z + side * 3), (a, h + 2.1, z + side * 3), 9)
                p.quad('ground', (a, foot - 4, z), (b, foot - 4, z), (b, foot, z), (a, foot, z), 40)
                for k in range(2):
                    cx = x + w * (.2 + .6 * k)
                    p.box('roofline', (cx - .45, h + 1.2, z + side * 2.6 - .4), (cx + .45, h + 3.2, z + side * 2.6 + .4), 9, '-y')
                x += w + (rng.uniform(2, 6) if rng.random() < .3 else 0)
        for k in range(16):
            x, z = rng.uniform(-70, 70), side * rng.uniform(27, 40)
            r, h = rng.uniform(1.4, 2.6), rng.uniform(4.5, 7)
            for k, (lo, hi, ra, rb) in enumerate(((.15, .45, .55, .95), (.45, .75, .95, .8), (.75, 1., .8, .25))):
                dx = rng.uniform(-.2, .2)
                p.tube('tree', (x + dx, y + h * lo, z), (x + dx, y + h * hi, z), r * ra, r * rb, sides=7, caps=k == 2)
    p.box('roofline', (-25, y, -92), (-21, y + 17, -88), 9)
    p.tube('roofline', (-23, y + 17, -90), (-23, y + 30, -90), 2.6, .05, sides=8, caps=False)
    for k in range(14):
        x, z = -64 + k * 9.6 + rng.uniform(-2, 2), -rng.uniform(40, 43)
        p.box('street_light', (x - .18, y + 5.6, z - .1), (x + .18, y + 5.85, z + .1), 1)
    p.mark('bystander', 1.6, -4.6)
    p.mark('exit', .85, end + 1, turn=0)
    p.mark('exit', 2.4, start - 1.2, turn=90)
    return p


def door_leaf(p, material, hinge, width, height, degrees, thick=.045, panels=True, handle='brass', floor=0.):
    """A door hinged at `hinge` (x, z), its closed position along +X, turned inwards (towards -Z)."""
    t = np.radians(degrees)
    d, n = np.array([np.cos(t), 0, -np.sin(t)]), np.array([np.sin(t), 0, np.cos(t)])
    o = np.array([hinge[0], floor, hinge[1]])

    def slab(mat, a0, a1, y0, y1, n0, n1):
        c = lambda a, y, k: tuple(o + d * a + [0, y, 0] + n * k)
        p.quad(mat, c(a0, y0, n1), c(a1, y0, n1), c(a1, y1, n1), c(a0, y1, n1))
        p.quad(mat, c(a1, y0, n0), c(a0, y0, n0), c(a0, y1, n0), c(a1, y1, n0))
        p.quad(mat, c(a1, y0, n1), c(a1, y0, n0), c(a1, y1, n0), c(a1, y1, n1))
        p.quad(mat, c(a0, y0, n0), c(a0, y0, n1), c(a0, y1, n1), c(a0, y1, n0))
        p.quad(mat, c(a0, y1, n1), c(a1, y1, n1), c(a1, y1, n0), c(a0, y1, n0))

    slab(material, 0, width, .01, height, -thick, 0)
    if panels:
        for a0, a1 in ((.11, width / 2 - .05), (width / 2 + .05, width - .11)):
            for y0, y1 in ((.18, .88), (1.08, height - .16)):
                slab(material, a0, a1, y0, y1, 0, .014)
    slab(handle, width - .10, width - .05, .98, 1.10, 0, .012)
    slab(handle, width - .16, width - .05, 1.03, 1.05, .03, .05)
    slab(handle, width * .36, width * .64, .94, .985, 0, .01)       # letter plate
    return lambda a, y, k: tuple(o + d * a + [0, y, 0] + n * k)


def landing():
    """First-floor landing of a block of flats: door 14 half open behind the subject, stairs, a window, a notice board, a bike."""
    p = Set()
    p.material('wall', (.95, .96, .92), .9, tile='plaster')
    p.material('dado', (.33, .43, .44), .65, tile='plaster')
    p.material('floor', rough=.42, tile='lino')
    p.material('ceiling', (.80, .80, .77), .95)
    p.material('wood', (.9, .85, .8), .6, tile='wood')
    p.flat('door', (.15, .25, .36))
    p.flat('door_b', (.36, .14, .13))
    p.flat('frame', (.78, .77, .73))
    p.flat('brass', (.62, .50, .28))
    p.flat('steel', (.45, .46, .47))
    p.flat('rail', (.13, .14, .15))
    p.material('stair', (.9, .9, .92), .7, tile='concrete')
    p.flat('dark', (.055, .05, .05))
    p.flat('hall', (.46, .37, .29))
    p.material('tube', BLACK, .5, emissive=(1.7, 1.7, 1.6))
    p.material('hall_lamp', BLACK, .5, emissive=(1.3, .95, .55))
    p.material('daylight', BLACK, 1., emissive=(.62, .70, .80))
    p.material('outside', BLACK, 1., emissive=(.34, .38, .40))
    p.material('notices', rough=.9, image=None, tile='notices')
    p.material('sign', rough=.5, image=plate((.85, .85, .83), (.06, .06, .07), '14'))
    p.flat('bike', (.50, .10, .09))
    p.flat('tyre', (.035, .035, .038))
    p.flat('mat', (.20, .17, .13))
    p.flat('extinguisher', (.60, .05, .04))
    p.flat('bag', (.62, .58, .50))
    x0, x1, back, far, top = -1.45, 1.65, -.95, 11.4, 2.5
    p.quad('floor', (x0, 0, far), (x1, 0, far), (x1, 0, back), (x0, 0, back), .9)
    p.quad('ceiling', (x0 - 2.4, top, back), (x1, top, back), (x1, top, far), (x0 - 2.4, top, far), 2)

    def wall(a, b, holes=(), low=0., high=top):
        """A wall from a to b (x, z), its face on the right of the way; holes are (from, to, bottom, top) along it."""
        a, b = np.array(a, float), np.array(b, float)
        length = np.linalg.norm(b - a)
        at = lambda s, y: (a[0] + (b - a)[0] * s / length, y, a[1] + (b - a)[1] * s / length)
        cuts = sorted({0., length, *[h[0] for h in holes], *[h[1] for h in holes]})
        for s, e in zip(cuts, cuts[1:]):
            gaps = [h for h in holes if h[0] <= s and h[1] >= e]
            spans = [(low, high)] if not gaps else [(low, gaps[0][2]), (gaps[0][3], high)]
            for y0, y1 in spans:
                for lo, hi, m in ((y0, min(y1, 1.1), 'dado'), (max(y0, 1.1), y1, 'wall')):
                    if hi > lo + .001:
                        p.quad(m, at(s, lo), at(e, lo), at(e, hi), at(s, hi), 1.6)

    # wall behind the subject with the door of number 14
    w = .86
    wall((x0, back), (x1, back), [(-x0 - w / 2, -x0 + w / 2, 0, 2.02)])
    for a, b in ((-w / 2 - .07, -w / 2), (w / 2, w / 2 + .07)):
        p.box('frame', (a, 0, back - .1), (b, 2.09, back + .025), 1, '-y')
    p.box('frame', (-w / 2 - .07, 2.02, back - .1), (w / 2 + .07, 2.09, back + .025), 1)
    with p.hinged('door', -w / 2 + .01, back - .03, 76):
        door_leaf(p, 'door', (-w / 2 + .01, back - .03), w - .02, 2.0, 0)
    p.box('sign', (w / 2 + .14, 1.52, back + .001), (w / 2 + .30, 1.66, back + .012), 1, '-z')
    p.parts['sign'][2][:] = [(.5, .05)] * len(p.parts['sign'][2])
    p.quad('sign', (w / 2 + .14, 1.52, back + .014), (w / 2 + .30, 1.52, back + .014), (w / 2 + .30, 1.66, back + .014), (w / 2 + .14, 1.66, back + .014), stretch=(1, 1))
    p.box('frame', (w / 2 + .18, 1.30, back), (w / 2 + .23, 1.40, back + .018), 1)
    p.box('mat', (-.38, .001, back + .08), (.38, .014, back + .52), 1, '-y')
    # the hall of the flat: dim, lived in
    hb = back - 3.4
    p.quad('wood', (-.75, 0, back), (.75, 0, back), (.75, 0, hb), (-.75, 0, hb), 1.2)
    p.quad('hall', (-.75, 0, back), (-.75, 0, hb), (-.75, 2.3, hb), (-.75, 2.3, back))
    p.quad('hall', (.75, 0, hb), (.75, 0, back), (.75, 2.3, back), (.75, 2.3, hb))
    p.quad('hall', (-.75, 0, hb), (.75, 0, hb), (.75, 2.3, hb), (-.75, 2.3, hb))
    p.quad('ceiling', (-.75, 2.3, hb), (.75, 2.3, hb), (.75, 2.3, back), (-.75, 2.3, back))
    p.box('dark', (-.36, 0, hb), (.40, 2.0, hb + .03), 1)
    p.box('hall_lamp', (-.30, .95, hb + .03), (.34, 1.65, hb + .035), 1, '-z')
    p.box('wood', (.50, 0, back - 1.9), (.74, .78, back - 1.1), 1)
    p.box('bag', (.56, .78, back - 1.7), (.70, .96, back - 1.5), 1)
    for k, c in enumerate(('dark', 'bag', 'door')):
        p.box(c, (.60, .95, back - .55 - k * .2), (.745, 1.68 - .06 * k, back - .40 - k * .2), 1)
    # right-hand wall: window on to the yard, radiator, door 13 further on
    rz = lambda z: z - back
    wall((x1, back), (x1, far), [(rz(2.9), rz(4.7), .95, 2.1), (rz(6.74), rz(7.6), 0, 2.02)])
    p.box('frame', (x1 - .12, .90, 2.85), (x1 + .12, .95, 4.75), 1)
    for z in (2.9, 3.77, 4.64):
        p.box('frame', (x1 + .02, .95, z), (x1 + .08, 2.1, z + .06), 1)
    for y in (.95, 1.68, 2.05):
        p.box('frame', (x1 + .02, y, 2.9), (x1 + .08, y + .05, 4.7), 1)
    p.quad('daylight', (x1 + .5, 1.35, 5.6), (x1 + .5, 1.35, 2.0), (x1 + .5, 3.2, 2.0), (x1 + .5, 3.2, 5.6))
    p.quad('outside', (x1 + .49, .2, 5.6), (x1 + .49, .2, 2.0), (x1 + .49, 1.36, 2.0), (x1 + .49, 1.36, 5.6))
    p.box('door_b', (x1 - .01, .01, 6.76), (x1 + .04, 2.0, 7.58), 1)
    p.box('brass', (x1 - .03, .98, 6.84), (x1 - .01, 1.1, 6.89), 1)
    for z in (6.67, 7.6):
        p.box('frame', (x1 - .025, 0, z), (x1 + .05, 2.09, z + .07), 1, '-y')
    p.box('frame', (x1 - .025, 2.02, 6.67), (x1 + .05, 2.09, 7.67), 1)
    p.box('frame', (x1 - .10, .16, 3.0), (x1 - .02, .72, 4.6), 1)
    for z in np.arange(3.05, 4.55, .1):
        p.box('frame', (x1 - .115, .20, z), (x1 - .10, .68, z + .055), 1, '-y +y')
    # far wall
    wall((x1, far), (x0 - 2.4, far))
    # left-hand wall up to the stair well, notice board, extinguisher
    well0, well1 = 2.7, 7.2
    wall((x0, well0), (x0, back))
    wall((x0, far), (x0, well1))
    p.box('wood', (x0, 1.18, .15), (x0 + .03, 2.0, 1.35), 1, '-x')
    p.quad('notices', (x0 + .032, 1.22, 1.31), (x0 + .032, 1.22, .19), (x0 + .032, 1.96, .19), (x0 + .032, 1.96, 1.31), stretch=(1, 1))
    p.tube('extinguisher', (x0 + .12, .30, 2.1), (x0 + .12, .78, 2.1), .075, sides=12)
    p.tube('rail', (x0 + .12, .78, 2.1), (x0 + .12, .86, 2.1), .03, sides=8)
    # stair well: one flight down, one up, balustrade along the landing
    wx = x0 - 2.4
    wall((wx, well1), (wx, well0), low=-1.9)
    wall((wx, well0), (x0, well0), low=-1.9)
    wall((x0, well1), (wx, well1), low=-1.9)
    for k in range(11):
        z = well0 + .35 + k * .28
        p.box('stair', (x0 - 1.1, -.17 * (k + 1) - .2, z), (x0 - .02, -.17 * (k + 1), z + .30), 1.2, '-y')
        p.box('stair', (wx, .17 * k, well1 - .4 - (k + 1) * .28), (wx + 1.15, .17 * (k + 1), well1 - .4 - k * .28), 1.2)
    p.quad('stair', (wx, 0, well1), (x0, 0, well1), (x0, 0, well1 - .4), (wx, 0, well1 - .4), 1.2)
    for z in np.arange(well0 + .05, well1 - 1.0, .13):
        p.box('rail', (x0 - .012, 0, z), (x0 + .012, .98, z + .02), 1, '-y +y')
    p.tube('wood', (x0, 1.0, well0), (x0, 1.0, well1 - 1.0), .035, sides=8)
    p.box('rail', (x0 - .03, 0, well1 - 1.03), (x0 + .03, 1.06, well1 - .97), 1, '-y')
    # lights
    for z in (1.2, 5.2, 9.2):
        p.box('frame', (-.12, top - .07, z - .65), (.32, top, z + .65), 1, '+y')
        p.box('tube', (-.08, top - .085, z - .6), (.28, top - .068, z + .6), 1, '+y')
    # bike against the right-hand wall
    bx, lean = x1 - .20, .10
    for z in (.55, 1.58):
        p.ring('tyre', (bx + lean * .35, .335, z), (1, lean, 0), .315, .020, 22, 5)
        for k in range(6):
            t = np.pi * k / 6
            p.tube('steel', (bx + lean * .35, .335 + .30 * np.sin(t), z + .30 * np.cos(t)), (bx + lean * .35, .335 - .30 * np.sin(t), z - .30 * np.cos(t)), .0025, sides=3, caps=False)
    at = lambda y, z: (bx + lean * y, y, z)
    for a, b in (((.335, .55), (.30, .98)), ((.30, .98), (.82, .86)), ((.335, .55), (.76, .87)), ((.30, .98), (.72, 1.42)), ((.78, .88), (.78, 1.42)), ((.86, 1.40), (.335, 1.58))):
        p.tube('bike', at(*a), at(*b), .017, sides=7)
    p.tube('tyre', (bx + lean * .9 - .26, .95, 1.36), (bx + lean * .9 + .26, .95, 1.36), .014, sides=7)
    p.tube('steel', at(.80, .86), at(.90, .84), .013, sides=6)
    p.box('tyre', (bx + lean * .9 - .06, .88, .74), (bx + lean * .9 + .06, .92, .98), 1)
    p.ring('steel', at(.30, .98), (1, 0, 0), .085, .006, 14, 4)
    p.mark('subject', .13, back - .25)          # in his hall, behind the threshold
    p.mark('bystander', -.85, -.30)
    p.mark('exit', 0, back + .1, turn=180)
    p.mark('exit', x0 - .55, well0 + .2, turn=180)
    p.mark('exit', wx + .6, well1 - .3, turn=180)
    return p


def semi_front():
    """Front of a semi-detached house at dusk: subject behind the threshold, path, hedge, gate, and the street behind the officer."""
    p = Set()
    rng = np.random.default_rng(8)
    sky(p, (.56, .40, .36), (.14, .19, .33), (.20, .07, .0))
    p.material('brick', rough=.9, tile='brick', size=512)
    p.material('render', (.92, .92, .90), .9, tile='render')
    p.material('roof', rough=.85, tile='tiles')
    p.material('slabs', (.9, .9, .92), .7, tile='slabs')
    p.material('grass', rough=1., tile='grass')
    p.material('hedge', rough=1., tile='hedge')
    p.material('asphalt', rough=.8, tile='asphalt')
    p.flat('frame', (.80, .79, .76))
    p.flat('door', (.10, .26, .20))
    p.flat('brass', (.62, .50, .28))
    p.flat('chain', (.55, .50, .40))
    p.material('curtain', BLACK, 1., emissive=(.62, .40, .20))
    p.material('lit', BLACK, 1., emissive=(.78, .54, .29))
    p.flat('unlit', (.05, .06, .08))
    p.flat('hall', (.50, .40, .30))
    p.material('hall_glow', BLACK, 1., emissive=(.62, .44, .25))
    p.material('porch_glass', BLACK, 1., emissive=(1.9, 1.35, .75))
    p.flat('iron', (.06, .06, .065))
    p.material('wood', (.42, .36, .30), .8, tile='wood')
    p.flat('bin', (.10, .16, .13))
    p.flat('car', (.22, .05, .06))
    p.flat('glass', (.03, .035, .045))
    p.flat('tyre', (.03, .03, .03))
    p.flat('kerb', (.40, .40, .38))
    p.material('number', rough=.5, image=plate((.08, .08, .09), (.85, .80, .62), '41'))
    p.material('street_light', BLACK, 1., emissive=(1.9, 1.2, .6))
    p.material('blind', BLACK, 1., emissive=(.30, .33, .36))
    f = -.55                                    # the front wall
    left, right, party, eaves = -2.1, 9.1, 3.5, 5.1
    w = .88

    def front(a, b, y0, y1, m, z=f):
        if b > a and y1 > y0:
            p.quad(m, (a, y0, z), (b, y0, z), (b, y1, z), (a, y1, z), 1.2 if m == 'brick' else 2.4)

    # two halves, mirrored at the party wall; ours has its door at the origin
    for ours in (True, False):
        X = (lambda x: x) if ours else (lambda x: 2 * party - x)
        def span(a, b, *rest):
            front(min(X(a), X(b)), max(X(a), X(b)), *rest)
        d0, d1, b0, b1 = -w / 2, w / 2, .95, 3.05
        span(left, d0, 0, 2.7, 'brick'), span(d0, d1, 2.06, 2.7, 'brick'), span(d1, b0, 0, 2.7, 'brick'), span(b1, party, 0, 2.7, 'brick'), span(b0, b1, 2.45, 2.7, 'brick')
        span(left, party, 2.7, eaves, 'render')
        # bay window
        out = f + .55
        e0, e1 = b0 + .42, b1 - .42
        lo, hi = .78, 2.12
        faces = [((b0, f), (e0, out)), ((e0, out), (e1, out)), ((e1, out), (b1, f))]
        for (ax, az), (bx, bz) in faces:
            A, B = ((X(ax), az), (X(bx), bz)) if ours else ((X(bx), bz), (X(ax), az))
            q = lambda m, y0, y1, k=0.: p.quad(m, (A[0], y0, A[1] + k), (B[0], y0, B[1] + k), (B[0], y1, B[1] + k), (A[0], y1, A[1] + k), 1.2)
            q('brick', 0, lo), q('frame', hi, 2.45)
            q('curtain' if ours else 'blind', lo, hi, -.02)
            n = max(1, round(np.hypot(B[0] - A[0], B[1] - A[1]) / .62))
            for s in np.linspace(0, 1, n + 1):
                x, z = A[0] + (B[0] - A[0]) * s, A[1] + (B[1] - A[1]) * s
                p.box('frame', (x - .035, lo, z - .03), (x + .035, hi, z + .03), 1, '-y +y')
            for y in (lo, 1.68):
                p.tube('frame', (A[0], y + .02, A[1] + .01), (B[0], y + .02, B[1] + .01), .03, sides=4, caps=False)
        roof = [(X(b0 - .1), 2.45, f), (X(e0 - .05), 2.45, out + .12), (X(e1 + .05), 2.45, out + .12), (X(b1 + .1), 2.45, f)]
        ridge = [(X(e0), 2.85, f), (X(e1), 2.85, f)]
        for t in ([roof[0], roof[1], ridge[0]], [roof[1], roof[2], ridge[1], ridge[0]], [roof[2], roof[3], ridge[1]]):
            t = t if ours else t[::-1]
            n = np.cross(np.subtract(t[1], t[0]), np.subtract(t[-1], t[0]))
            n = (n / np.linalg.norm(n)).tolist()
            p.faces('roof', t, [n] * len(t), [(q[0] / 1.6, q[1] / 1.6) for q in t], [(0, 1, 2)] + ([(0, 2, 3)] if len(t) == 4 else []))
        # upper windows
        for a, b, kind in ((-.55, .55, 'unlit'), (1.15, 2.95, 'unlit' if ours else 'lit')):
            a, b = min(X(a), X(b)), max(X(a), X(b))
            front(a, b, 3.25, 4.45, kind, f + .012)
            for x in np.linspace(a, b, 3 if b - a > 1.2 else 2):
                p.box('frame', (x - .035, 3.25, f), (x + .035, 4.45, f + .05), 1, '-z')
            for y in (3.21, 4.05, 4.45):
                p.box('frame', (a - .05, y, f), (b + .05, y + .055, f + .06 + (.06 if y < 3.3 else 0)), 1, '-z')
    # roof, gutter, chimney, sides
    mid, ridge = f - 3.4, 7.6
    p.quad('roof', (left - .3, eaves - .05, f + .35), (right + .3, eaves - .05, f + .35), (right - 1.4, ridge, mid), (left + 1.4, ridge, mid), 1.6)
    p.quad('roof', (left - .3, eaves - .05, f - 7.2), (left - .3, eaves - .05, f + .35), (left + 1.4, ridge, mid), (left + 1.4, ridge, mid - .01), 1.6)
    p.quad('roof', (right + .3, eaves - .05, f + .35), (right + .3, eaves - .05, f - 7.2), (right - 1.4, ridge, mid - .01), (right - 1.4, ridge, mid), 1.6)
    p.tube('iron', (left - .3, eaves - .04, f + .38), (right + .3, eaves - .04, f + .38), .055, sides=6)
    p.tube('iron', (left + .12, 0, f + .06), (left + .12, eaves, f + .06), .035, sides=6, caps=False)
    p.box('brick', (party - .6, ridge - .7, mid - .35), (party + .6, ridge + 1.1, mid + .35), 1.2, '-y')
    for dx in (-.3, .3):
        p.tube('roof', (party + dx, ridge + 1.1, mid), (party + dx, ridge + 1.5, mid), .13, .11, sides=8)
    p.quad('brick', (left, 0, f - 7), (left, 0, f), (left, eaves, f), (left, eaves, f - 7), 1.2)
    p.quad('brick', (right, 0, f), (right, 0, f - 7), (right, eaves, f - 7), (right, eaves, f), 1.2)
    # our door, open inwards, its chain hanging; hall; step; porch
    for a, b in ((-w / 2 - .07, -w / 2), (w / 2, w / 2 + .07)):
        p.box('frame', (a, 0, f - .1), (b, 2.12, f + .035), 1, '-y')
    p.box('frame', (-w / 2 - .07, 2.06, f - .1), (w / 2 + .07, 2.14, f + .035), 1)
    ajar = 76
    with p.hinged('door', -w / 2 + .01, f - .04, ajar):
        door_leaf(p, 'door', (-w / 2 + .01, f - .04), w - .02, 2.04, 0)
    t = np.radians(ajar)
    tip, hook = np.array((-w / 2 + .01, 1.38, f - .04)) + np.array((np.cos(t), 0, -np.sin(t))) * (w - .06) + np.array((np.sin(t), 0, np.cos(t))) * .012, np.array([w / 2 - .005, 1.38, f - .02])
    p.box('chain', (hook[0] - .012, 1.32, f - .06), (hook[0] + .006, 1.42, f + .0), 1)
    links = [hook + (-.018, -.02 - .022 * k, .03) for k in range(9)]
    for k, c in enumerate(links):
        p.ring('chain', c, (1, 0, 0) if k % 2 else (0, 0, 1), .012, .0035, 8, 4)
    p.box('chain', tuple(tip - [.02, .012, .012]), tuple(tip + [.02, .018, .012]), 1)
    hb = f - 3.2
    p.quad('wood', (-.8, .0, f), (.8, .0, f), (.8, .0, hb), (-.8, .0, hb), 1.2)
    p.quad('hall', (-.8, 0, f), (-.8, 0, hb), (-.8, 2.4, hb), (-.8, 2.4, f))
    p.quad('hall', (.8, 0, hb), (.8, 0, f), (.8, 2.4, f), (.8, 2.4, hb))
    p.quad('hall_glow', (-.8, 0, hb), (.8, 0, hb), (.8, 2.4, hb), (-.8, 2.4, hb))
    p.quad('frame', (-.8, 2.4, hb), (.8, 2.4, hb), (.8, 2.4, f), (-.8, 2.4, f))
    for k in range(7):
        p.box('wood', (.1, .0, f - 1.6 - (k + 1) * .22), (.8, .19 * (k + 1), f - 1.6 - k * .22), 1.2)
    p.box('wood', (-.78, 0, f - 1.9), (-.5, .8, f - 1.2), 1.2)
    p.box('frame', (-.62, .8, f - 1.7), (-.54, .98, f - 1.5), 1)
    # the neighbour's door
    nx = 2 * party
    p.box('wood', (nx - w / 2, 0, f - .03), (nx + w / 2, 2.06, f + .01), 1.2, '-y')
    p.quad('lit', (nx - .25, 1.45, f + .014), (nx + .25, 1.45, f + .014), (nx + .25, 1.9, f + .014), (nx - .25, 1.9, f + .014))
    for x in (0, nx):
        p.box('render', (x - .85, 2.28, f), (x + .85, 2.40, f + .85), 2)
        p.quad('roof', (x - .9, 2.40, f + .9), (x + .9, 2.40, f + .9), (x + .9, 2.72, f), (x - .9, 2.72, f), 1.6)
        for s in (-.78, .78):
            p.box('frame', (x + s - .035, 1.75, f), (x + s + .035, 2.28, f + .06), 1)
            p.tube('frame', (x + s, 1.78, f + .04), (x + s, 2.26, f + .72), .03, sides=4, caps=False)
        p.box('slabs', (x - .75, -.16, f - .02), (x + .75, .0, f + 1.0), 1.2, '-y')
    p.box('iron', (.56, 1.86, f), (.64, 1.92, f + .10), 1)
    p.tube('porch_glass', (.60, 1.72, f + .10), (.60, 1.90, f + .10), .055, .07, sides=8)
    p.tube('iron', (.60, 1.90, f + .10), (.60, 1.97, f + .10), .08, .02, sides=8)
    p.quad('number', (.53, 1.48, f + .012), (.71, 1.48, f + .012), (.71, 1.60, f + .012), (.53, 1.60, f + .012), stretch=(1, 1))
    # garden: path to the gate, lawn, hedges, bin
    gate = 8.2
    p.quad('slabs', (-.62, 0, gate), (.62, 0, gate), (.62, 0, f + .9), (-.62, 0, f + .9), 1.2)
    for a, b in ((left - .3, -.62), (.62, party)):
        p.quad('grass', (a, -.015, gate), (b, -.015, gate), (b, -.015, f), (a, -.015, f), 1.5)
    p.quad('slabs', (party, -.01, gate), (right + 3, -.01, gate), (right + 3, -.01, f), (party, -.01, f), 1.2)
    p.quad('grass', (-14, -.02, gate), (left - .3, -.02, gate), (left - .3, -.02, f - 9), (-14, -.02, f - 9), 1.5)

    def hedge(x0, x1, z0, z1, h):
        """A clipped hedge, a little uneven."""
        nx_, nz_ = max(2, int((x1 - x0) / .45)), max(2, int((z1 - z0) / .45))
        long_x = x1 - x0 > z1 - z0
        n = nx_ if long_x else nz_
        xs = np.linspace(0, 1, n + 1)
        prof = [(-.5, 0), (-.56, .45), (-.44, .92), (0, 1.03), (.44, .92), (.56, .45), (.5, 0)]
        width = (z1 - z0) if long_x else (x1 - x0)
        pts = []
        for s in xs:
            for a, y in prof:
                j = rng.uniform(-.05, .05, 3)
                along = (x0 + (x1 - x0) * s) if long_x else (z0 + (z1 - z0) * s)
                across = ((z0 + z1) / 2 if long_x else (x0 + x1) / 2) + a * width + j[0]
                pts.append((along, y * h + j[1] * (y > 0), across) if long_x else (across, y * h + j[1] * (y > 0), along))
        m = len(prof)
        tri = []
        for i in range(n):
            for k in range(m - 1):
                a, b, c, d = i * m + k, i * m + k + 1, (i + 1) * m + k, (i + 1) * m + k + 1
                tri += [(a, b, d), (a, d, c)] if long_x else [(a, d, b), (a, c, d)]
        for i, flip in ((0, False), (n, True)):
            fan = [(i * m, i * m + k, i * m + k + 1) for k in range(1, m - 1)]
            tri += [t[::-1] if flip ^ (not long_x) else t for t in fan] if True else []
        P = np.array(pts)
        T = np.array(tri)
        nrm = np.zeros_like(P)
        fn = np.cross(P[T[:, 1]] - P[T[:, 0]], P[T[:, 2]] - P[T[:, 0]])
        centre = P.mean(0)
        for c in range(3):
            np.add.at(nrm, T[:, c], fn)
        nrm /= np.linalg.norm(nrm, axis=1, keepdims=True) + 1e-9
        uv = [((q[0] + q[2] * .3) / .9, -(q[1] + (q[2] if long_x else q[0]) * .6) / .9) for q in pts]
        p.faces('hedge', pts, nrm.tolist(), uv, tri)

    hedge(left - .95, left - .3, f + .4, gate, 1.15)
    hedge(party - .25, party + .25, f + .9, gate, .95)
    hedge(left - .9, -.95, gate, gate + .6, 1.05)
    hedge(.95, party + .2, gate, gate + .6, 1.05)
    for s in (-1, 1):
        p.box('brick', (s * .80 - .15, 0, gate + .1), (s * .80 + .15, 1.15, gate + .4), 1.2, '-y')
        p.box('slabs', (s * .80 - .19, 1.15, gate + .06), (s * .80 + .19, 1.21, gate + .44), 1.2)
    for k in range(6):                          # gate, open inwards along the path's left edge
        z = gate + .1 - .06 - k * .12
        p.tube('iron', (-.64, .12, z), (-.64, .95, z), .010, sides=5, caps=False)
    for y in (.2, .9):
        p.tube('iron', (-.64, y, gate + .1), (-.64, y, gate - .62), .014, sides=5)
    p.box('bin', (-1.85, 0, f + .15), (-1.28, .98, f + .75), 1, '-y')
    p.box('bin', (-1.89, .98, f + .12), (-1.24, 1.06, f + .80), 1)
    # the street
    p.quad('slabs', (-40, -.03, gate + 2.8), (45, -.03, gate + 2.8), (45, -.03, gate + .0), (-40, -.03, gate + .0), 1.2)
    p.box('kerb', (-40, -.16, gate + 2.8), (45, -.03, gate + 2.95), 1, '-y')
    p.quad('asphalt', (-40, -.15, gate + 9), (45, -.15, gate + 9), (45, -.15, gate + 2.9), (-40, -.15, gate + 2.9), 3)
    p.quad('slabs', (-40, -.03, gate + 11.6), (45, -.03, gate + 11.6), (45, -.03, gate + 9), (-40, -.03, gate + 9), 1.2)
    for k, x in enumerate((-22, -9.5, 3, 15.5, 28)):
        z = gate + 17
        lit = [(x + dx, yy, bool(rng.random() < .4)) for dx in (1.6, 4.4, 7.6, 10.2) for yy in (.9, 3.3)]
        gable_house(p, x, x + 11.6, z, 7, -.1, 5., 7.4, 'brick' if k % 2 else 'render', 'roof', lit)
        hedge(x + .5, x + 10.5, gate + 11.8, gate + 12.3, .9)
    for k, x in enumerate((-17, 13.5)):         # neighbours on our side
        z = f
        lit = [(x + dx, yy, bool(rng.random() < .5)) for dx in (1.4, 4.2) for yy in (.9, 3.3)]
        gable_house(p, x, x + 9, z, -7, -.1, 5., 7.4, 'render' if k else 'brick', 'roof', lit)
    for x in (-6.5, 17):
        z = gate + 2.5
        p.tube('iron', (x, 0, z), (x, 5.2, z), .07, .05, sides=8, caps=False)
        p.tube('iron', (x, 5.2, z), (x, 5.3, z + .8), .035, sides=6)
        p.box('street_light', (x - .1, 5.24, z + .55), (x + .1, 5.30, z + 1.05), 1)
    for x, z in ((5.6, gate + 3.9), (-10.5, gate + 8.0)):      # parked cars
        p.box('car', (x - 2.0, .16, z - .82), (x + 2.0, .78, z + .82), 1)
        roof = [(x - 1.45, .78), (x - .95, 1.36), (x + .75, 1.36), (x + 1.35, .78)]
        for (ax, ay), (bx, by) in zip(roof, roof[1:]):
            m = 'car' if ay == by else 'glass'
            p.quad(m, (ax, ay, z - .74), (ax, ay, z + .74), (bx, by, z + .74), (bx, by, z - .74))
        for s in (-.74, .74):
            ring = [(rx, ry, z + s) for rx, ry in roof]
            ring = ring if s < 0 else ring[::-1]
            p.faces('glass', ring, [(0, 0, np.sign(s))] * 4, [(0, 0)] * 4, [(0, 1, 2), (0, 2, 3)])
        for wx in (-1.25, 1.25):
            p.tube('tyre', (x + wx, .17, z - .84), (x + wx, .17, z + .84), .31, sides=12)
    p.mark('subject', .13, f - .30)             # in the hall, behind the threshold
    p.mark('bystander', -1.2, .95)
    p.mark('exit', 0, gate + .3, turn=0)
    p.mark('exit', 0, f, turn=180)
    return p


PLACES = {'footbridge': footbridge, 'landing': landing, 'semi-front': semi_front, **places_inside.PLACES, **places_outside.PLACES}

if __name__ == '__main__':
    os.makedirs(OUT, exist_ok=True)
    for name in sys.argv[1:] or PLACES:
        path = os.path.join(OUT, name + '.glb')
        triangles, vertices = PLACES[name]().write(path, name)
        print(f'{name}: {os.path.getsize(path) // 1024} KB, {vertices} vertices, {triangles} triangles')
