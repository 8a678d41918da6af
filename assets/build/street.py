"""What stands in streets: sky, cars, lamps, houses, shops, trees. Everything faces +Z in the frame that `Set.at` gives."""
import numpy as np

from kit import BLACK, INK, blank, number_plate, sign, write
from scenery import noise


def dome(p, horizon, zenith, radius=140.):
    """The sky; the stage paints it anew for each time and weather, so that these colours only stand in."""
    up = np.linspace(1, 0, 16)[:, None, None] ** .6
    a = np.array(horizon) * (1 - up) + np.array(zenith) * up + np.zeros((16, 8, 3))
    p.material('sky', BLACK, 1., emissive=(1, 1, 1), glow=True, image=a, double=True)
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


def street_colors(p, **more):
    p.swatches(white=(.80, .80, .77), black=(.045, .045, .05), iron=(.07, .075, .08), steel=(.46, .47, .48), car_glass=(.05, .06, .075), tyre=(.035, .035, .037), hub=(.40, .41, .42), headlamp=(.72, .74, .76), taillamp=(.46, .05, .05),
               trim=(.74, .73, .69), sash=(.07, .085, .11), bark=(.13, .10, .075), kerb=(.40, .40, .38), chrome=(.52, .53, .54), red=(.58, .06, .05), **more)
    a = blank(32, 40, (.70, .69, .65))
    a[3:-3, 3:-3] = np.array((.10, .12, .15)) * np.linspace(1.7, .8, 34)[:, None, None]
    a[19:21], a[:, 15:17] = (.66, .65, .61), (.66, .65, .61)
    p.picture('far_window', a)
    p.picture('plate_front', number_plate('CG00 PLD', False))
    p.picture('plate_rear', number_plate('CG00 PLD', True))


def prism(p, material, outline, x0, x1, caps=True, inset=0.):
    """An outline in (z, y), against the clock seen from +X, drawn out along x."""
    n = len(outline)
    for (za, ya), (zb, yb) in zip(outline, outline[1:] + outline[:1]):
        p.quad(material, (x0, ya, za), (x1, ya, za), (x1, yb, zb), (x0, yb, zb))
    if caps:
        for x, s in ((x0, -1), (x1, 1)):
            pts = [(x, y, z) for z, y in outline]
            tri = [(0, k, k + 1) if s > 0 else (0, k + 1, k) for k in range(1, n - 1)]
            p.faces(material, pts, [(s, 0, 0)] * n, [(0, 0)] * n, tri)


def disc(p, material, side, x, y, z, radius, n):
    """A round face that looks along +X or -X."""
    pts = [(x, y + radius * np.cos(2 * np.pi * k / n), z + radius * np.sin(2 * np.pi * k / n)) for k in range(n)]
    p.faces(material, pts, [(side, 0, 0)] * n, [(0, 0)] * n, [(0, k, k + 1) if side < 0 else (0, k + 1, k) for k in range(1, n - 1)])


def car(p, paint, kind='hatch', lights=False, frost=None, far=False):
    """A parked car whose bonnet points to +Z; `kind` is hatch, estate or van. With `lights`, its lamps shine."""
    L, W = (4.05, 1.74) if kind == 'hatch' else (4.5, 1.78) if kind == 'estate' else (4.9, 1.92)
    f, b, w = L / 2, -L / 2, W / 2
    bonnet, waist = (.80, .92) if kind != 'van' else (1.02, 1.12)
    body = [(b + .03, .32), (f - .10, .30), (f, .42), (f - .02, .62), (f - .18, bonnet - .08), (f - 1.0, waist), (b + .08, waist + .03), (b, waist - .12)]
    body = body[::-1]
    prism(p, paint, body, -w, w)
    top = 1.46 if kind == 'hatch' else 1.48 if kind == 'estate' else 2.0
    if kind == 'van':
        cab = [(f - 1.0, waist), (f - 1.75, top - .06), (f - 2.1, top), (b + .06, top), (b + .02, waist)]
    elif kind == 'estate':
        cab = [(f - 1.02, waist), (f - 1.75, top - .04), (f - 2.1, top), (b + .55, top - .02), (b + .12, waist + .03)]
    else:
        cab = [(f - .98, waist), (f - 1.65, top - .04), (f - 2.0, top), (b + .62, top - .05), (b + .10, waist + .03)]
    inset = .17 if kind != 'van' else .06
    lift = lambda z, y, s: (s * (w - .03 - inset * (y - waist) / (top - waist)), y, z)
    for k, ((za, ya), (zb, yb)) in enumerate(zip(cab, cab[1:])):
        glass = k == 0 or (k == len(cab) - 2 and kind != 'van')
        p.quad(paint, lift(za, ya, 1), lift(zb, yb, 1), lift(zb, yb, -1), lift(za, ya, -1))
        if glass:
            n = np.array([0, -(zb - za), (yb - ya)]) * (1 if k == 0 else 1)
            n = n / np.linalg.norm(n) * (1 if n[1] > 0 else -1)
            c = [np.array(q) * [.90, 1, 1] for q in (lift(za, ya, 1), lift(zb, yb, 1), lift(zb, yb, -1), lift(za, ya, -1))]
            mid = sum(c) / 4
            p.quad('car_glass' if not (frost and k == 0) else frost, *[tuple(mid + (q - mid) * [1, .86, .86] + n * .012) for q in c])
    for s in (-1, 1):
        ring = [lift(z, y, s) for z, y in cab]
        ring = ring if s < 0 else ring[::-1]
        n = len(ring)
        p.faces(paint, ring, [(s, .1, 0)] * n, [(0, 0)] * n, [(0, k, k + 1) for k in range(1, n - 1)])
        z0, z1 = cab[0][0] - .42, cab[-1][0] + .34
        spans = [(z0 - .02, f - 2.30), (f - 2.36, max(z1, b + .62))] if kind != 'van' else [(z0 - .1, f - 1.95)]
        for za, zb in spans:
            lo, hi = waist + .05, top - .11
            lean = .20 if za > f - 1.9 else 0
            q = [lift(za, lo, s), lift(za - lean * 1.6, hi, s), lift(zb + (.18 if zb < b + 1.2 else 0), hi, s), lift(zb, lo, s)]
            q = [tuple(np.array(c) + [s * .008, 0, 0]) for c in q]
            p.quad('car_glass', *(q if s < 0 else q[::-1]))
        p.box('black', (s * w - .01, .30, b + .75), (s * w + .012, .40, f - .85), skip='-y')          # sill
        front, rear = ('head_light', 'tail_light') if lights else ('headlamp', 'taillamp')
        p.box(front, (s * (w - .26) - .17, .60, f - .16), (s * (w - .26) + .17, .74, f + .012), skip='-z')
        p.box(rear, (s * (w - .15) - .12, .66, b - .012), (s * (w - .15) + .12, .92, b + .12), skip='+z')
        if far:
            for z in (f - .78, b + .80):
                disc(p, 'tyre', s, s * (w + .010), .315, z, .34, 8)
                disc(p, 'hub', s, s * (w + .016), .315, z, .195, 6)
                p.quad('tyre', (s * w - .2 * s - .1, 0, z + .2), (s * w - .2 * s + .1, 0, z + .2), (s * w - .2 * s + .1, .4, z + .2), (s * w - .2 * s - .1, .4, z + .2))
                p.quad('tyre', (s * w - .2 * s + .1, 0, z - .2), (s * w - .2 * s - .1, 0, z - .2), (s * w - .2 * s - .1, .4, z - .2), (s * w - .2 * s + .1, .4, z - .2))
            continue
        p.box(paint, (s * (w + .09) - .08, waist + .04, cab[0][0] - .42), (s * (w + .09) + .06, waist + .16, cab[0][0] - .26))
        p.box('black', (s * w - .005, waist - .16, f - 2.36), (s * w + .012, waist - .13, f - 2.20), skip='-y -z +z ' + ('-x' if s > 0 else '+x'))
        for z in (f - .78, b + .80):
            disc(p, 'black', s, s * (w + .004), .34, z, .375, 9)                # the arch
            p.tube('tyre', (s * (w - .18), .315, z), (s * (w + .010), .315, z), .315, sides=8, caps=False)
            disc(p, 'tyre', s, s * (w + .010), .315, z, .315, 8)
            disc(p, 'hub', s, s * (w + .016), .315, z, .195, 8)
    p.box('black', (-w + .25, .36, f - .05), (w - .25, .52, f + .012), skip='-z')
    p.box('black', (-w + .06, .32, b - .02), (w - .06, .46, b + .05), skip='+z')
    for z, turn, name in ((f + .014, 0, 'plate_front'), (b - .014, 180, 'plate_rear')):
        with p.at(0, z, turn):
            p.quad(name, (-.26, .50, 0), (.26, .50, 0), (.26, .61, 0), (-.26, .61, 0), stretch=(1, 1))
    if frost:
        p.quad(frost, (w - .24, top + .012, f - 2.0), (-w + .24, top + .012, f - 2.0), (-w + .24, top - .02, b + .7), (w - .24, top - .02, b + .7))
    p.soft(-w - .25, b - .25, w + .25, f + .25, .012)


def street_lamp(p, x, z, high=5.2, out=(.9, 0.), lamp='street_lamp'):
    """A lamp post with an arm; the lamp's material shines, and lights the scene where its name holds `lamp`."""
    ox, oz = out
    p.tube('iron', (x, 0, z), (x, 1.1, z), .085, .075, sides=8, caps=False)
    p.tube('iron', (x, 1.1, z), (x, high, z), .055, .045, sides=7, caps=False)
    p.tube('iron', (x, high - .02, z), (x + ox, high + .12, z + oz), .03, sides=5)
    a, b = np.array([x + ox * .75, z + oz * .75]), np.array([x + ox * 1.3, z + oz * 1.3])
    lo, hi = np.minimum(a, b) - .09, np.maximum(a, b) + .09
    p.box('iron', (lo[0], high + .10, lo[1]), (hi[0], high + .19, hi[1]))
    p.box(lamp, (lo[0] + .03, high + .075, lo[1] + .03), (hi[0] - .03, high + .10, hi[1] - .03), skip='+y')


def bare_tree(p, x, z, high, seed, leaves=None, spread=1., far=False):
    r = np.random.default_rng(seed)
    p.tube('bark', (x, 0, z), (x + r.uniform(-.1, .1), high * .42, z), .14 * high / 6, .10 * high / 6, sides=7, caps=False)

    def limb(start, way, long, thick, depth):
        end = start + way * long
        p.tube('bark', tuple(start), tuple(end), thick, thick * .6, sides=3, caps=False)
        if depth:
            for k in range(3):
                t = r.uniform(0, 2 * np.pi)
                new = way + .75 * spread * np.array([np.cos(t), r.uniform(-.1, .5), np.sin(t)])
                limb(end, new / np.linalg.norm(new), long * r.uniform(.6, .8), thick * .6, depth - 1)
        elif leaves:
            s = high * .16 * r.uniform(.8, 1.2)
            blob(p, leaves, end, s, r)

    for k in range(4):
        t = k * np.pi / 2 + r.uniform(-.4, .4)
        way = np.array([np.cos(t) * .6 * spread, 1, np.sin(t) * .6 * spread])
        limb(np.array([x, high * .40, z]), way / np.linalg.norm(way), high * .24, .06 * high / 6, 1 if leaves or far else 2)


def blob(p, material, centre, size, r):
    """A lump of leaves: a rough ball."""
    c = np.array(centre)
    ring = []
    for e in (-.55, .25, .8):
        for k in range(5):
            t = 2 * np.pi * (k + .5 * (e > 0)) / 5
            q = np.array([np.cos(e) * np.cos(t), np.sin(e) * .8, np.cos(e) * np.sin(t)]) * size * r.uniform(.74, 1.22)
            ring.append(q)
    pts = [np.array([0, -size * .8, 0])] + ring + [np.array([0, size, 0])]
    tri = []
    for k in range(5):
        j = (k + 1) % 5
        tri.append((0, 1 + k, 1 + j))
        for a in (0, 5):
            i0, i1, o0, o1 = 1 + a + k, 1 + a + j, 6 + a + k, 6 + a + j
            tri += [(i0, o0, i1), (i1, o0, o1)]
        tri.append((11 + k, 16, 11 + j))
    norms = [(q / np.linalg.norm(q)).tolist() for q in pts]
    uv = [(q[0] * .8 + q[2] * .5, q[1] * .8 + q[2] * .3) for q in pts]
    p.faces(material, [(c + q).tolist() for q in pts], norms, uv, tri)


def window(p, x, y, w, h, lit=None, bars=1, glass='sash', z=.0, frame='trim'):
    """A window on a wall: frame, panes, a sill; `lit` is the material that shines behind. A far one (bars < 0) is a picture."""
    if bars < 0:
        p.quad(lit or 'far_window', (x - w / 2, y, z + .02), (x + w / 2, y, z + .02), (x + w / 2, y + h, z + .02), (x - w / 2, y + h, z + .02), stretch=(1, 1))
        p.quad(frame, (x - w / 2 - .1, y - .12, z + .03), (x + w / 2 + .1, y - .12, z + .03), (x + w / 2 + .1, y, z + .03), (x - w / 2 - .1, y, z + .03))
        return
    p.box(frame, (x - w / 2 - .06, y - .06, z), (x + w / 2 + .06, y + h + .06, z + .03), skip='-z')
    p.quad(lit or glass, (x - w / 2, y, z + .032), (x + w / 2, y, z + .032), (x + w / 2, y + h, z + .032), (x - w / 2, y + h, z + .032), stretch=(1, 1))
    for k in range(bars):
        bx = x - w / 2 + w * (k + 1) / (bars + 1)
        p.box(frame, (bx - .02, y, z + .03), (bx + .02, y + h, z + .05), skip='-z -y +y')
    p.box(frame, (x - w / 2, y + h * .55 - .02, z + .03), (x + w / 2, y + h * .55 + .025, z + .055), skip='-z')
    p.box(frame, (x - w / 2 - .12, y - .12, z), (x + w / 2 + .12, y - .05, z + .12), skip='-z')


def terrace(p, w, door, seed, wall='brick', roof='roof', lit='lit', eaves=5.3, bay=True, left=True, snow=None, far=False):
    """One house of a row, its front at z = 0, w metres wide, the door at the left or right."""
    r = np.random.default_rng(seed)
    on = lambda share: lit if lit and r.random() < share else None
    p.quad(wall, (0, 0, 0), (w, 0, 0), (w, eaves, 0), (0, eaves, 0), 1.25)
    p.quad(roof, (-.05, eaves - .05, .28), (w + .05, eaves - .05, .28), (w + .05, eaves + 2.1, -3.4), (-.05, eaves + 2.1, -3.4), 1.8)
    p.box('iron', (0, eaves - .10, .26), (w, eaves - .02, .36), skip='-z')
    p.box(wall, (w - .75, eaves + 1.4, -3.5), (w - .1, eaves + 3.1, -2.9), 1.25, skip='-y')
    for k in range(0 if far else 2):
        p.tube('pot', (w - .58 + k * .3, eaves + 3.1, -3.2), (w - .58 + k * .3, eaves + 3.45, -3.2), .10, .08, sides=6)
    if snow:
        p.quad(snow, (.2, eaves + .25, -.10), (w - .9, eaves + .25, -.10), (w - .9, eaves + 1.25, -1.85), (.2, eaves + 1.25, -1.85))
    dx, bx = (.85, w - 1.55) if left else (w - .85, 1.55)
    if far:
        p.quad('trim', (dx - .54, 0, .02), (dx + .54, 0, .02), (dx + .54, 2.62, .02), (dx - .54, 2.62, .02))
        p.quad(door, (dx - .43, .02, .04), (dx + .43, .02, .04), (dx + .43, 2.02, .04), (dx - .43, 2.02, .04))
        p.quad(on(.5) or 'sash', (dx - .42, 2.10, .04), (dx + .42, 2.10, .04), (dx + .42, 2.52, .04), (dx - .42, 2.52, .04), stretch=(1, 1))
        window(p, bx, .85, 1.8, 1.5, on(.5), -1)
        window(p, bx, 3.1, 1.25, 1.45, on(.35), -1)
        window(p, dx, 3.1, .85, 1.45, on(.25), -1)
        return
    p.box('trim', (dx - .54, 0, 0), (dx + .54, 2.62, .04), skip='-z -y')
    p.box(door, (dx - .43, .02, .03), (dx + .43, 2.02, .05), skip='-z')
    for s in (-.21, .21):
        p.box(door, (dx + s - .14, .18, .05), (dx + s + .14, .86, .065), skip='-z')
        p.quad(on(.6) or 'sash', (dx + s - .13, 1.08, .056), (dx + s + .13, 1.08, .056), (dx + s + .13, 1.84, .056), (dx + s - .13, 1.84, .056), stretch=(1, 1))
    p.quad(on(.5) or 'sash', (dx - .42, 2.10, .05), (dx + .42, 2.10, .05), (dx + .42, 2.52, .05), (dx - .42, 2.52, .05), stretch=(1, 1))
    p.box('chrome', (dx - .12, .98, .05), (dx + .12, 1.03, .07), skip='-z')
    p.box('kerb', (dx - .6, -.14, 0), (dx + .6, .0, .45), skip='-y -z')
    if bay:
        p.box(wall, (bx - 1.05, 0, 0), (bx + 1.05, .78, .62), 1.25, skip='-y -z')
        p.box('trim', (bx - 1.10, 2.35, 0), (bx + 1.10, 2.62, .70), skip='-z')
        with p.at(bx, .60):
            window(p, 0, .90, 1.9, 1.40, on(.55), 2)
        for s in (-1, 1):
            p.box('trim', (bx + s * 1.05 - .06, .78, .0), (bx + s * 1.05 + .06, 2.35, .62), skip='-z -y +y')
    else:
        window(p, bx, .85, 1.4, 1.45, on(.55), 1)
    window(p, bx, 3.1, 1.25, 1.45, on(.35), 1)
    window(p, dx, 3.1, .85, 1.45, on(.25), 0)


def shop(p, w, name, fascia, ink, seed, wall, goods, stall='stall', awning=None, upper=2, door_right=True, far=False):
    """A shop of a high street: stall riser, window with goods, recessed door, fascia with a name, sash windows above."""
    r = np.random.default_rng(seed)
    cell = f'fascia-{name}'
    if cell not in p.cells:
        p.picture(cell, sign(name, 208, 40, fascia, ink, 24))
        p.swatch(f'{cell}-paint', fascia)
    paint = f'{cell}-paint'
    high = 7.0
    p.quad(wall, (0, 3.3, 0), (w, 3.3, 0), (w, high, 0), (0, high, 0), 1.25)
    if far:
        p.quad('trim', (0, high - .25, .03), (w, high - .25, .03), (w, high, .03), (0, high, .03))
    else:
        p.box('trim', (0, high - .25, 0), (w, high, .22), skip='-z')
    p.quad('roof', (0, high, .1), (w, high, .1), (w, high + 2, -3.5), (0, high + 2, -3.5), 1.8)
    for k in range(upper):
        window(p, w * (k + .5) / upper, 4.0, 1.05, 1.75, None, -1 if far else 1)
    p.box(paint, (0, 2.62, 0), (w, 3.25, .16), skip='-z')
    p.box('trim', (-.02, 3.25, 0), (w + .02, 3.36, .26), skip='-z')
    sw = min(w - .4, 4.2)
    p.quad(cell, (w / 2 - sw / 2, 2.68, .165), (w / 2 + sw / 2, 2.68, .165), (w / 2 + sw / 2, 3.19, .165), (w / 2 - sw / 2, 3.19, .165), stretch=(1, 1))
    for x in (0, w - .22):
        p.box(paint, (x, 0, 0), (x + .22, 2.62, .14), skip='-z -y +y -x +x' if far else '-z -y +y')
    d0, d1 = (w - 1.25, w - .27) if door_right else (.27, 1.25)
    a, b = (.22, w - 1.30) if door_right else (1.30, w - .22)
    p.box(stall, (a, 0, 0), (b, .55, .08), skip='-z -y -x +x' if far else '-z -y')
    p.quad(goods, (a, .55, .02), (b, .55, .02), (b, 2.55, .02), (a, 2.55, .02), stretch=(1, 1))
    if not far:
        p.box(paint, (a, 2.50, 0), (b, 2.62, .07), skip='-z')
    for k in range(1, 1 if far else max(2, round((b - a) / 1.3))):
        x = a + (b - a) * k / max(2, round((b - a) / 1.3))
        p.box(paint, (x - .03, .55, .02), (x + .03, 2.5, .06), skip='-z')
    p.quad('car_glass', (d0, .1, .005), (d1, .1, .005), (d1, 2.1, .005), (d0, 2.1, .005))
    for x in () if far else (d0, d1 - .08):
        p.box(paint, (x, 0, -.01), (x + .08, 2.2, .05), skip='-z -y')
    p.box(paint, (d0, 2.10, -.01), (d1, 2.62, .04), skip='-z')
    if not far:
        p.box(paint, (d0, 0, -.01), (d1, .30, .03), skip='-z -y')
        p.box('chrome', (d1 - .18 if door_right else d0 + .12, .9, .03), (d1 - .14 if door_right else d0 + .16, 1.3, .07))
    if awning:
        p.quad(awning, (0, 2.25, 1.35), (w, 2.25, 1.35), (w, 2.70, .18), (0, 2.70, .18), stretch=(1, 1))
        p.quad(awning, (w, 2.24, 1.35), (0, 2.24, 1.35), (0, 2.69, .18), (w, 2.69, .18), stretch=(1, 1))
        p.quad(awning, (0, 2.08, 1.36), (w, 2.08, 1.36), (w, 2.25, 1.36), (0, 2.25, 1.36), stretch=(1, .3))


def shop_window(seed, back=(.16, .14, .12)):
    """What stands behind a shop's glass: shelves, things, posters, and a bright reflection of the sky."""
    r = np.random.default_rng(seed)
    w, h = 112, 72
    a = blank(w, h, back) * np.linspace(.7, 1.3, h)[:, None, None]
    for y in (h - 6, h - 28):
        x = 3
        while x < w - 10:
            n, t = int(r.integers(5, 14)), int(r.integers(8, 20))
            a[y - t:y, x:x + n] = np.array([(.62, .20, .16), (.20, .34, .50), (.72, .62, .36), (.30, .44, .26), (.70, .68, .62), (.46, .30, .44)][r.integers(0, 6)]) * r.uniform(.7, 1.1)
            x += n + int(r.integers(1, 6))
        a[y:y + 2] = (.34, .30, .26)
    for _ in range(2):
        x, y = int(r.integers(4, w - 26)), int(r.integers(6, 20))
        a[y:y + 22, x:x + 18] = (.86, .84, .78)
        a[y + 3:y + 9, x + 2:x + 16] = np.array((.7, .2, .16)) if r.random() < .5 else np.array((.16, .36, .5))
        for k in range(11, 20, 3):
            a[y + k:y + k + 1, x + 3:x + 15] = .5
    v, u = np.mgrid[0:h, 0:w]
    shine = np.clip(1 - np.abs((u + v * .9 - 60) / 26), 0, 1)[..., None] * .22
    return np.clip(a * (1 - shine) + np.array((.62, .70, .78)) * shine, 0, 1)


def lit_window(seed=2):
    """A window at night: curtains drawn half over a warm room."""
    r = np.random.default_rng(seed)
    a = blank(48, 48, (.95, .66, .34)) * np.linspace(.8, 1.05, 48)[:, None, None]
    for x in range(48):
        if x < 13 or x > 34:
            a[:, x] = np.array((.80, .44, .22)) * (.62 + .22 * np.sin(x * 1.3))
    a[28:, 18:30] *= .72
    a[:2], a[-2:], a[:, :2], a[:, -2:], a[22:24], a[:, 23:25] = [(.30, .22, .14)] * 6
    return np.clip(a * (1 + .02 * r.standard_normal((48, 48, 1))), 0, 1)


def litter_bin(p, body='iron'):
    p.box(body, (-.24, .06, -.20), (.24, .92, .20))
    p.box(body, (-.26, 1.06, -.22), (.26, 1.14, .22))
    for x in (-.23, .20):
        p.box(body, (x, .92, -.19), (x + .03, 1.06, .19))
    p.quad('black', (-.20, .93, .0), (.20, .93, .0), (.20, 1.05, .0), (-.20, 1.05, .0))
    p.soft(-.35, -.3, .35, .3)


def wheelie(p, body):
    p.box(body, (-.28, .06, -.30), (.28, .98, .26), skip='-y')
    p.box(body, (-.31, .98, -.34), (.31, 1.06, .30))
    for x in (-.25, .25):
        p.tube('tyre', (x - .03, .1, -.26), (x + .03, .1, -.26), .1, sides=8)
    p.soft(-.4, -.45, .4, .4)


def hedge(p, x0, x1, z0, z1, h, seed=1, material='hedge', base=0.):
    """A clipped hedge, a little uneven."""
    r = np.random.default_rng(seed)
    along_x = x1 - x0 > z1 - z0
    n = max(2, int(max(x1 - x0, z1 - z0) / .8))
    prof = [(-.5, 0), (-.56, .45), (-.44, .94), (.44, .94), (.56, .45), (.5, 0)]
    pts = []
    for s in np.linspace(0, 1, n + 1):
        for a, y in prof:
            j = r.uniform(-.05, .05, 2)
            across = ((z0 + z1) / 2 + a * (z1 - z0) if along_x else (x0 + x1) / 2 + a * (x1 - x0)) + j[0]
            along = x0 + (x1 - x0) * s if along_x else z0 + (z1 - z0) * s
            pts.append((along, base + y * h + j[1] * (y > 0), across) if along_x else (across, base + y * h + j[1] * (y > 0), along))
    m, tri = len(prof), []
    for i in range(n):
        for k in range(m - 1):
            a, b, c, d = i * m + k, i * m + k + 1, (i + 1) * m + k, (i + 1) * m + k + 1
            tri += [(a, b, d), (a, d, c)] if along_x else [(a, d, b), (a, c, d)]
    for i, flip in ((0, False), (n, True)):
        fan = [(i * m, i * m + k, i * m + k + 1) for k in range(1, m - 1)]
        tri += [t[::-1] if flip ^ (not along_x) else t for t in fan]
    P, T = np.array(pts), np.array(tri)
    fn, nrm = np.cross(P[T[:, 1]] - P[T[:, 0]], P[T[:, 2]] - P[T[:, 0]]), np.zeros_like(P)
    for c in range(3):
        np.add.at(nrm, T[:, c], fn)
    nrm /= np.linalg.norm(nrm, axis=1, keepdims=True) + 1e-9
    uv = [((q[0] + q[2] * .3) / .9, -(q[1] + (q[2] if along_x else q[0]) * .6) / .9) for q in pts]
    p.faces(material, pts, nrm.tolist(), uv, tri)
