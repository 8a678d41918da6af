"""Places under the sky: a winter street, a high street, a pub's car park."""
import numpy as np

from fittings import bench, picture
from kit import BLACK, INK, Set, blank, board, poster, sign, write
from street import bare_tree, blob, car, dome, hedge, lit_window, litter_bin, shop, shop_window, street_colors, street_lamp, terrace, wheelie, window


def terrain(p, size=130., y=-.25, material='ground'):
    p.quad(material, (-size, y, size), (size, y, size), (size, y, -size), (-size, y, -size), 40)


def skyline(p, material, rows, seed, sides=(-1, 1)):
    """Far roofs and trees: `rows` are (distance, height)."""
    r = np.random.default_rng(seed)
    for side in sides:
        for dist, tall in rows:
            x = -dist
            while x < dist:
                w = r.uniform(6, 14)
                z, h = side * (dist + r.uniform(-3, 3)), tall * r.uniform(.85, 1.1)
                a, b = (x, x + w) if side < 0 else (x + w, x)
                m = (a + b) / 2
                p.quad(material, (a, -.3, z), (b, -.3, z), (b, h, z), (a, h, z))
                p.quad(material, (a, h, z), (b, h, z), (b + (m - b) * .25, h + 1.7, z), (a + (m - a) * .25, h + 1.7, z))
                x += w + (r.uniform(1, 8) if r.random() < .4 else 0)


def snowy(n=128, base=(.17, .17, .175)):
    """Tarmac with a rime of old snow between the wheel tracks."""
    from scenery import noise
    r = np.random.default_rng(14)
    a = blank(n, n, base) * (1 + .18 * noise(n, .8, r)[..., None])
    m = np.clip(noise(n, 9, r) * .8 - .25 + .35 * noise(n, 1.2, r), 0, 1)[..., None]
    return np.clip(a * (1 - m * .8) + np.array((.66, .69, .74)) * m * .8, 0, 1)


def winter_street():
    """A street of terraces on a winter night, rime on the pavement: a bus shelter, a bench, an old school behind railings further on."""
    p = Set()
    street_colors(p, shelter=(.16, .22, .26), pot=(.36, .18, .12), bin_a=(.10, .16, .13), bin_b=(.12, .13, .16), snow=(.78, .81, .86), car_a=(.16, .22, .30), car_b=(.42, .43, .44), car_c=(.36, .09, .08), rime=(.62, .66, .72),
                  door_a=(.10, .22, .18), door_b=(.36, .10, .09), door_c=(.12, .16, .30), bench=(.30, .22, .15), ground=(.10, .115, .105), far=(.085, .085, .095), stone=(.56, .53, .47), pub=(.20, .30, .36), green=(.06, .26, .18), glassy=(.22, .27, .30), pole=(.60, .10, .09))
    p.picture('bus', write(sign('', 56, 72, (.82, .12, .10), (1, 1, 1), 12), 'Bus\nStop\n17  17A', 28, 8, 15, (1, 1, 1), 1, True))
    p.picture('timetable', board(72, 100, (.90, .90, .88), [(6, 8, poster(60, 84, 'Times', (.14, .2, .36), 4))], 2, (.3, .3, .3)))
    p.picture('advert', poster(112, 150, 'Warm Welcome\nTown Library', (.62, .26, .12), 9, words='Tea and company\nTue and Thu'))
    p.picture('school', sign('Millgate Board School  1889', 224, 36, (.52, .48, .42), (.16, .13, .11), 17))
    p.picture('flats', sign('Old School Court', 128, 34, (.08, .20, .16), (.90, .86, .68), 15))
    p.picture('street', sign('MILLGATE', 128, 30, (.90, .90, .87), INK, 20, INK))
    dome(p, (.10, .10, .13), (.02, .025, .05))
    p.material('road', (1, 1, 1), .6, image=snowy(128))
    p.material('slabs', (.86, .88, .94), .7, tile='slabs', size=128)
    p.material('brick', (.95, .92, .90), .9, tile='brick', size=128)
    p.material('roof', (.55, .58, .66), .85, tile='tiles', size=128)
    p.material('hedge', (.9, 1, 1.1), 1., tile='hedge', size=128)
    p.glow('lit', (.72, .72, .72), lit_window())
    p.glow('street_lamp', (1.9, 1.45, .9))
    terrain(p)
    k0, k1 = 1.55, 8.2                         # kerbs: the road between; pavements at y 0
    start, end = -46., 40.
    p.quad('slabs', (-2.0, 0, end), (k0, 0, end), (k0, 0, start), (-2.0, 0, start), 1.2)
    p.box('kerb', (k0, -.13, start), (k0 + .14, .0, end), skip='-y -x')
    p.quad('road', (k0 + .14, -.12, end), (k1, -.12, end), (k1, -.12, start), (k0 + .14, -.12, start), 4.)
    p.box('kerb', (k1 - .14, -.13, start), (k1, .0, end), skip='-y +x')
    p.quad('slabs', (k1, 0, end), (k1 + 2.2, 0, end), (k1 + 2.2, 0, start), (k1, 0, start), 1.2)
    for z in np.arange(start + 2, end, 5.):
        p.quad('snow', (4.85, -.115, z + 2), (4.93, -.115, z + 2), (4.93, -.115, z), (4.85, -.115, z))
    for z0, z1, w in ((-30, -14, .34), (-11, -3.5, .26), (2.5, 5.0, .2), (9, 26, .32)):         # snow that the plough left at the kerb
        p.box('snow', (k0 + .14, -.12, z0), (k0 + .14 + w, .0, z1), skip='-y -x', turn=.3)
        p.box('snow', (-2.0, 0, z0), (-2.0 + w * .8, .05, z1 + 1.5), skip='-y')
    # our side: gardens with low walls, then houses; behind the subject the old school
    doors = ('door_a', 'door_b', 'door_c')
    for n, z in enumerate((36, 30.8, 25.6, 20.4, 15.2, 10.0, 4.8, -.4)):
        with p.at(-4.6, z, 90):
            terrace(p, 5.2, doors[n % 3], n, left=bool(n % 2), snow='snow' if n % 2 else None, far=z > 11)
        p.quad('ground', (-4.6, -.01, z), (-2.0, -.01, z), (-2.0, -.01, z - 5.2), (-4.6, -.01, z - 5.2))
        gate = z - (.85 if n % 2 else 5.2 - .85)
        for a, b in ((z, gate + .5), (gate - .5, z - 5.2)):
            if a - b > .2:
                p.box('brick', (-2.22, 0, b), (-2.0, .72, a), 1.25, skip='-y')
                p.box('snow', (-2.25, .72, b), (-1.97, .79, a), skip='-y')
        if n % 3 == 1:
            hedge(p, -2.9, -2.3, z - 4.6, z - .9, 1.1, n)
        with p.at(-3.9, z - 2.6, 90):
            if -1 < z < 17:
                wheelie(p, ('bin_a', 'bin_b')[n % 2])
    # opposite
    for n in range(14):
        z = -40 + n * 5.2
        with p.at(13.4, z, -90):
            terrace(p, 5.2, doors[(n + 1) % 3], 40 + n, left=bool(n % 2), snow='snow' if n % 3 else None, far=not -12 < z < -6)
        p.box('brick', (k1 + 2.2, 0, z + .2), (k1 + 2.4, .7, z + 4.2), 1.25, skip='-y')
        p.box('snow', (k1 + 2.17, .7, z + .2), (k1 + 2.43, .76, z + 4.2), skip='-y')
    # the old school: railings along the pavement, a gabled hall with tall windows and a bell
    for z in np.arange(-5.8, -28, -.16):
        p.box('iron', (-2.04, .42, z), (-2.01, 1.7, z + .03), skip='-y +y') if z > -13 else None
    for y in (.55, 1.55):
        p.box('iron', (-2.05, y, -13), (-2.0, y + .04, -5.7), skip='-x')
    p.box('stone', (-2.2, 0, -28), (-1.95, .42, -5.7), skip='-y')
    p.box('snow', (-2.22, .42, -28), (-1.94, .47, -5.7), skip='-y')
    for z in (-5.75, -8.0, -9.6):
        p.box('brick', (-2.35, 0, z - .22), (-1.9, 1.95, z + .22), 1.25, skip='-y')
        p.box('stone', (-2.42, 1.95, z - .29), (-1.83, 2.1, z + .29))
        p.box('snow', (-2.38, 2.1, z - .25), (-1.87, 2.17, z + .25), skip='-y')
    with p.at(-1.89, -5.75 + .0, 90):
        picture(p, 'flats', 0, 1.35, .42, .115, .012)
    p.quad('ground', (-16, -.02, -5.6), (-2, -.02, -5.6), (-2, -.02, -40), (-16, -.02, -40))
    p.quad('snow', (-9, -.01, -6.5), (-2.4, -.01, -6.5), (-2.4, -.01, -27), (-9, -.01, -27))
    with p.at(-8.0, -8, 90):
        w, e, top = 15., 5.6, 9.2
        p.quad('brick', (0, 0, 0), (w, 0, 0), (w, e, 0), (0, e, 0), 1.25)
        p.quad('roof', (-.3, e - .1, .4), (w + .3, e - .1, .4), (w + .3, top, -4), (-.3, top, -4), 1.8)
        p.quad('snow', (1, e + .8, -.52), (w - 2, e + .8, -.52), (w - 2, top - .4, -3.5), (1, top - .4, -3.5))
        for k in range(5):
            x = 1.6 + k * 2.9
            window(p, x, 1.5, 1.5, 3.1, 'lit' if k in (1, 4) else None, 2)
            p.box('stone', (x - .95, 4.66, 0), (x + .95, 4.9, .08), skip='-z')
        gx = 7.4
        p.quad('brick', (gx - 2.2, 0, .35), (gx + 2.2, 0, .35), (gx + 2.2, 6.4, .35), (gx - 2.2, 6.4, .35), 1.25)
        p.faces('brick', [(gx - 2.2, 6.4, .35), (gx + 2.2, 6.4, .35), (gx, 9.0, .35)], [(0, 0, 1)] * 3, [(0, 0), (2.2, 0), (1.1, -1.3)], [(0, 1, 2)])
        for s in (-1, 1):
            p.quad('brick', *([(gx + s * 2.2, 0, 0), (gx + s * 2.2, 0, .35), (gx + s * 2.2, 6.4, .35), (gx + s * 2.2, 6.4, 0)][::-s]), 1.25)
            p.quad('stone', *([(gx, 9.15, .42), (gx, 9.15, -.2), (gx + s * 2.45, 6.25, -.2), (gx + s * 2.45, 6.25, .42)][::s]))
        window(p, gx, 2.3, 2.2, 2.9, None, 3, z=.35)
        p.quad('school', (gx - 1.9, 5.55, .36), (gx + 1.9, 5.55, .36), (gx + 1.9, 6.15, .36), (gx - 1.9, 6.15, .36), stretch=(1, 1))
        p.box('stone', (gx - .55, 9.0, -.4), (gx + .55, 10.2, .3))
        p.tube('iron', (gx, 9.5, .31), (gx, 9.9, .31), .25, .1, sides=7)
        p.tube('roof', (gx, 10.2, -.05), (gx, 11.2, -.05), .8, .05, sides=4)
    # lamps: one near the subject
    for x, z, out in ((1.18, 2.7, (.9, 0)), (1.18, -13., (.9, 0)), (1.18, 19, (.9, 0)), (k1 + .4, -5, (-.9, 0)), (k1 + .4, -26, (-.9, 0)), (k1 + .4, 11, (-.9, 0))):
        street_lamp(p, x, z, 5.0, out)
    # bus shelter on the pavement behind the officer's shoulder, a flag, a bench inside
    with p.at(1.30, 7.9, -90):
        p.box('shelter', (-1.5, 2.22, -.05), (1.5, 2.30, 1.0))
        p.box('snow', (-1.45, 2.30, 0), (1.45, 2.36, .95), skip='-y')
        for x in (-1.45, -.5, .5, 1.42):
            p.box('shelter', (x - .03, 0, 0), (x + .03, 2.22, .05), skip='-y +y')
        for y in (.35, 1.2):
            p.box('shelter', (-1.45, y, .01), (1.45, y + .05, .04))
        picture(p, 'advert', 1.0 - .02, 1.35, .80, 1.08, .055)
        picture(p, 'timetable', -1.0, 1.55, .42, .58, .055)
        p.box('shelter', (-.9, .42, .10), (.42, .47, .36))
        for x in (-.75, .28):
            p.box('shelter', (x, 0, .18), (x + .05, .42, .26), skip='-y +y')
    with p.at(1.32, 5.6, 0):
        p.tube('iron', (0, 0, 0), (0, 2.7, 0), .035, sides=6)
        p.quad('bus', (-.42, 2.05, .02), (-.04, 2.05, .02), (-.04, 2.6, .02), (-.42, 2.6, .02), stretch=(1, 1))
        p.quad('bus', (-.04, 2.05, -.02), (-.42, 2.05, -.02), (-.42, 2.6, -.02), (-.04, 2.6, -.02), stretch=(1, 1))
    with p.at(-1.96, 1.75, 90):
        bench(p, 1.6, 'bench', 'iron', deep=.42, back=True)
    with p.at(-1.7, -3.2, 90):
        litter_bin(p, 'green')
    with p.at(-1.99, -4.9, 90):
        p.box('white', (-.5, .30, 0), (.5, .55, .02), skip='-z')
        picture(p, 'street', 0, .425, .96, .22, .024)
    # parked cars, rimed
    for z, x, paint, kind, turn in ((-6.5, 2.75, 'car_a', 'hatch', 180), (-12.5, 2.75, 'car_c', 'estate', 180), (13.5, 2.75, 'car_b', 'hatch', 180), (-16., 7.1, 'car_b', 'estate', 0), (-1.5, 7.1, 'car_c', 'hatch', 0), (8., 7.1, 'car_a', 'estate', 0), (22, 7.1, 'car_b', 'hatch', 0)):
        with p.at(x, z, turn, -.12):
            car(p, paint, kind, False, 'rime', far=not -14 < z < 12)
    bare_tree(p, -5.2, -9.0, 7.0, 3)
    bare_tree(p, 9.6, -11., 6.2, 5, far=True)
    # the end of the street
    for side in (0, 1):
        for n in range(6):
            with p.at(-8 + n * 5.2 if not side else 23 - n * 5.2, -50 if not side else 44, 180 * side):
                terrace(p, 5.2, doors[n % 3], 70 + n + side * 9, left=bool(n % 2), snow='snow' if n % 2 else None, far=True)
    p.quad('road', (-30, -.121, -46), (40, -.121, -46), (40, -.121, -50), (-30, -.121, -50), 4.)
    skyline(p, 'far', ((85, 5),), 4)
    p.mark('bystander', .85, -2.8)
    p.mark('colleague', -.95, 4.4)
    p.mark('exit', 0, 20, turn=0)
    p.mark('exit', 0, -20, turn=180)
    p.mark('exit', 3.6, 1.0, turn=90)
    p.mark('exit', -1.9, -8.8, turn=-90)
    p.mark('seat', -1.70, 1.75, .45, 90)
    p.mark('seat', 1.05, 8.1, .47, -90)
    return p


def high_street():
    """A high street in the sun: shops and a café on the left, a zebra crossing behind the subject, traffic standing."""
    p = Set()
    street_colors(p, stall=(.20, .22, .22), pot=(.40, .22, .15), zebra_w=(.80, .80, .77), amber=(.86, .46, .06), yellow=(.80, .62, .10), parasol=(.68, .16, .13), parasol_b=(.80, .76, .66), table=(.62, .62, .60), chair=(.24, .18, .13), car_a=(.52, .54, .56),
                  car_b=(.10, .20, .36), car_c=(.54, .10, .09), van=(.78, .78, .76), ground=(.24, .25, .20), far=(.34, .34, .33), flower=(.72, .16, .30), leafy=(.14, .27, .10), stone=(.64, .58, .47), bus_red=(.60, .08, .08), bag=(.20, .30, .28), cone=(.80, .26, .06), bench=(.36, .25, .15), planter=(.20, .22, .22))
    p.picture('menu', sign('Flat white\nTea & cake\nToasties', 72, 84, (.10, .11, .11), (.92, .90, .84), 13, (.40, .28, .16), 0))
    p.picture('parking', sign('P', 28, 28, (.04, .22, .56), (1, 1, 1), 22))
    stripes = blank(64, 16, (.84, .82, .76))
    for k in range(0, 64, 16):
        stripes[:, k:k + 8] = (.16, .34, .28)
    p.picture('awning', stripes)
    stripes = blank(64, 16, (.84, .82, .76))
    for k in range(0, 64, 16):
        stripes[:, k:k + 8] = (.58, .14, .12)
    p.picture('awning_red', stripes)
    for k in range(4):
        p.picture(f'window{k}', shop_window(20 + k))
    dome(p, (.72, .82, .90), (.30, .52, .80))
    p.material('road', (1.0, 1.0, 1.0), .9, tile='asphalt', size=128)
    p.material('slabs', (1.25, 1.22, 1.15), .9, tile='slabs', size=128)
    p.material('brick', (1.1, 1.05, 1.), .9, tile='brick', size=128)
    p.material('render', (.95, .95, .92), .9, tile='render', size=128)
    p.material('roof', (.8, .8, .85), .85, tile='tiles', size=128)
    leaf = blank(48, 48, (.20, .34, .12)) * (1 + .35 * np.random.default_rng(3).standard_normal((48, 48, 1)).clip(-1.6, 1.6))
    p.material('leaves', (1, 1, 1), 1., image=leaf)
    terrain(p)
    k0, k1, start, end = -1.0, 6.2, -50., 42.
    p.quad('slabs', (-5.2, 0, end), (k0 - .14, 0, end), (k0 - .14, 0, start), (-5.2, 0, start), 1.2)
    p.box('kerb', (k0 - .14, -.12, start), (k0, .0, end), skip='-y -x')
    p.quad('road', (k0, -.11, end), (k1, -.11, end), (k1, -.11, start), (k0, -.11, start), 3.)
    p.box('kerb', (k1, -.12, start), (k1 + .14, .0, end), skip='-y +x')
    p.quad('slabs', (k1 + .14, 0, end), (k1 + 3.6, 0, end), (k1 + 3.6, 0, start), (k1 + .14, 0, start), 1.2)
    # the subject stands on the road beside the kerb: a raised table brings it to the pavement's height
    p.quad('road', (k0, .0, 6.2), (k1, .0, 6.2), (k1, .0, -1.6), (k0, .0, -1.6), 3.)
    for z0, z1, y0, y1 in ((6.2, 7.4, 0, -.11), (-2.6, -1.6, -.11, 0)):
        lo, hi = (z0, z1)
        p.quad('road', (k0, y1 if lo == 6.2 else y1, hi), (k1, y1, hi), (k1, y0, lo), (k0, y0, lo), 3.)
    for x in (k0 + .5, k0 + 1.9, k1 - 2.0, k1 - .6):       # white triangles of the ramp
        p.faces('zebra_w', [(x - .3, -.1, 7.38), (x + .3, -.1, 7.38), (x, .004, 6.25)], [(0, 1, .1)] * 3, [(0, 0)] * 3, [(0, 1, 2)])
    # zebra with studs and beacons
    for k in range(7):
        x = k0 + .35 + k * 1.0
        if x + .5 < k1:
            p.quad('zebra_w', (x, -.105, -4.2), (x + .52, -.105, -4.2), (x + .52, -.105, -6.9), (x, -.105, -6.9))
    for z in (-3.9, -7.2):
        for x in np.arange(k0 + .2, k1, .6):
            p.quad('zebra_w', (x, -.105, z + .05), (x + .1, -.105, z + .05), (x + .1, -.105, z - .05), (x, -.105, z - .05))
    for x, z in ((k0 - .45, -4.0), (k1 + .5, -7.1)):
        for k in range(8):
            p.tube('black' if k % 2 == 0 else 'white', (x, k * .30, z), (x, (k + 1) * .30, z), .05, sides=8, caps=False)
        p.tube('amber', (x, 2.40, z), (x, 2.62, z), .13, .19, sides=10)
        p.tube('amber', (x, 2.62, z), (x, 2.80, z), .19, .06, sides=10)
    for z in np.arange(-48, 40, 4.):            # centre line and double yellow lines
        if not -8 < z < 6:
            p.quad('zebra_w', (2.55, -.105, z + 1.6), (2.65, -.105, z + 1.6), (2.65, -.105, z), (2.55, -.105, z))
    for x in (k0 + .10, k0 + .24, k1 - .14, k1 - .28):
        for a, b in ((start, -8.5), (8, end)):
            p.quad('yellow', (x, -.105, b), (x + .06, -.105, b), (x + .06, -.105, a), (x, -.105, a))
    # shops on the left, from behind the officer to the far end; the café is near
    left = (('Bean Counter', (.14, .26, .24), (.92, .88, .76), 'render', 'awning'), ('Harker & Son', (.46, .10, .10), (.95, .92, .84), 'brick', 'awning_red'), ('Moss Chemist', (.10, .40, .28), (.96, .96, .92), 'render', None), ('Second Chance', (.26, .22, .44), (.94, .92, .90), 'brick', None),
            ('Page Turner', (.12, .18, .30), (.90, .80, .52), 'brick', None), ('Loaf', (.62, .44, .20), (.98, .94, .84), 'render', 'awning'), ('Kettle & Pin', (.20, .20, .22), (.90, .90, .88), 'brick', None))
    z = 8.4
    for n in range(11):
        name, fascia, ink, wall, awn = left[n % 7]
        w = 5.6 if n % 2 else 5.0
        with p.at(-5.2, z, 90):
            shop(p, w, name, fascia, ink, n, wall, f'window{n % 4}', awning=awn, door_right=bool(n % 2), far=z < -4)
        z -= w
    z = 8.4
    for n in range(6):
        name, fascia, ink, wall, awn = left[(n + 3) % 7]
        with p.at(-5.2, z + 5.4, 90):
            shop(p, 5.4, name, fascia, ink, 30 + n, wall, f'window{(n + 1) % 4}', awning=awn, far=z > 10)
        z += 5.4
    z = -42.6
    for n in range(15):
        name, fascia, ink, wall, awn = left[(n * 3 + 1) % 7]
        with p.at(k1 + 3.6, z, -90):
            shop(p, 5.4, name, fascia, ink, 60 + n, wall, f'window{(n + 2) % 4}', awning=awn if n % 2 else None, far=not -12 < z < -6)
        z += 5.4
    # the café's tables under a parasol, its board; the companion can wait there
    for x, zz in ((-3.6, 5.4), (-3.4, 7.4)):
        p.tube('table', (x, .70, zz), (x, .73, zz), .36, sides=12)
        p.tube('iron', (x, 0, zz), (x, .70, zz), .03, sides=6)
        p.tube('iron', (x, 0, zz), (x, .02, zz), .22, sides=8)
        for t in (40, 220):
            with p.at(x + .62 * np.sin(np.radians(t)), zz + .62 * np.cos(np.radians(t)), t + 180):
                p.box('chair', (-.20, .42, -.20), (.20, .45, .20))
                p.box('chair', (-.20, .50, -.22), (.20, .84, -.19))
                for a in (-.18, .16):
                    p.box('iron', (a, 0, -.21), (a + .02, .84, -.19), skip='-y')
                    p.box('iron', (a, 0, .16), (a + .02, .42, .18), skip='-y +y')
        p.soft(x - .9, zz - .9, x + .9, zz + .9)
    p.tube('iron', (-3.6, 0, 5.4), (-3.6, 2.4, 5.4), .022, sides=6)
    for k in range(8):
        t0, t1 = k * np.pi / 4, (k + 1) * np.pi / 4
        a, b = (-3.6 + 1.3 * np.sin(t0), 2.05, 5.4 + 1.3 * np.cos(t0)), (-3.6 + 1.3 * np.sin(t1), 2.05, 5.4 + 1.3 * np.cos(t1))
        n = np.cross(np.subtract(b, a), np.subtract((-3.6, 2.5, 5.4), a))
        n = (n / np.linalg.norm(n)).tolist()
        m = 'parasol' if k % 2 else 'parasol_b'
        p.faces(m, [a, b, (-3.6, 2.5, 5.4)], [n] * 3, [(0, 0)] * 3, [(0, 1, 2)])
        p.faces(m, [a, (-3.6, 2.45, 5.4), b], [[-c for c in n]] * 3, [(0, 0)] * 3, [(0, 1, 2)])
    p.soft(-5.0, 4.0, -2.2, 6.8)
    with p.at(-2.2, 3.9, 30):
        for s in (-1, 1):
            p.quad('menu', *[(s * x, y, zz) for x, y, zz in ((-.28, .03, s * .22), (.28, .03, s * .22), (.28, .95, s * .02), (-.28, .95, s * .02))], stretch=(1, 1))
    # bench in the shade of a tree, planters, bin, bollards, a cycle stand
    bare_tree(p, -2.5, -.9, 5.6, 11, 'leaves')
    p.soft(-4.6, -3.0, -.9, 1.2, .008)
    p.box('planter', (-2.95, 0, -1.35), (-2.05, .06, -.45), skip='-y')
    with p.at(-2.35, .95, 90):
        bench(p, 1.7, 'bench', 'iron', deep=.44, back=True)
    for zz in (2.9, -6.2, 10):
        p.box('planter', (-1.75, 0, zz - .5), (-1.35, .48, zz + .5), skip='-y')
        r = np.random.default_rng(int(zz + 30))
        for k in range(4):
            blob(p, 'leafy' if k % 2 else 'flower', (-1.55 + r.uniform(-.06, .06), .50, zz - .36 + k * .24), .19, r)
    with p.at(-1.6, -2.4, 90):
        litter_bin(p, 'black')
    for zz in (-8.6, -10.0, -11.4, 8.0, 9.4):
        p.tube('black', (-1.45, 0, zz), (-1.45, .88, zz), .065, .05, sides=8)
        p.tube('white', (-1.45, .72, zz), (-1.45, .78, zz), .068, sides=8, caps=False)
    for x, zz, out in ((-1.5, -17, (.9, 0)), (-1.5, 14, (.9, 0)), (k1 + .6, -2, (-.9, 0)), (k1 + .6, 22, (-.9, 0)), (k1 + .6, -28, (-.9, 0))):
        street_lamp(p, x, zz, 5.2, out, 'white')
        for dx in (-.32, .32) if -10 < zz < 10 else ():
            rr = np.random.default_rng(7)
            blob(p, 'flower', (x + dx, 2.7, zz), .20, rr)
            p.box('iron', (min(x, x + dx), 2.9, zz - .01), (max(x, x + dx), 2.93, zz + .01))
    # traffic that has stopped, and parked cars opposite
    for x, zz, paint, kind, turn in ((.85, -10.4, 'car_a', 'estate', 0), (.85, -16.2, 'car_b', 'hatch', 0), (.9, -22.5, 'van', 'van', 0), (4.4, 11.6, 'car_c', 'hatch', 180), (4.4, 17.8, 'van', 'van', 180), (4.6, -15, 'car_c', 'estate', 180)):
        with p.at(x, zz, turn, -.11):
            car(p, paint, kind, far=not -17 < zz < 14)
    # the far end: a church tower among trees
    p.box('stone', (-2, -.2, -72), (4, 17, -66), skip='-y')
    for x in (-1.6, 3.0):
        for zz in (-71.6, -66.9):
            p.box('stone', (x, 17, zz), (x + .7, 18.6, zz + .7), skip='-y')
    for x in (-.55, 1.75):
        p.box('sash', (x, 12.6, -66), (x + .8, 15.2, -65.95), skip='-z')
    for y in (5.5, 11.6, 16.4):
        p.box('white', (-2.15, y, -72.1), (4.15, y + .3, -65.85), skip='-z')
    p.tube('black', (1, 9.6, -66), (1, 9.6, -65.8), 1.15, sides=12)
    p.tube('yellow', (1, 9.6, -65.8), (1, 10.5, -65.75), .09, sides=4)
    p.tube('yellow', (1, 9.6, -65.8), (1.6, 9.6, -65.75), .09, sides=4)
    for x in (-1.0, 2.0):
        p.box('sash', (x, 2.0, -66), (x + 1.0, 4.8, -65.95), skip='-z')
    r = np.random.default_rng(2)
    for k in range(7):
        blob(p, 'leaves', (-14 + k * 5.0 + r.uniform(-1, 1), r.uniform(1.4, 3.4), r.uniform(-62, -56)), r.uniform(2.6, 3.8), r)
        blob(p, 'leaves', (-14 + k * 5.0 + r.uniform(-1, 1), r.uniform(1.4, 3.4), r.uniform(48, 56)), r.uniform(2.6, 3.8), r)
    skyline(p, 'far', ((90, 5),), 4)
    p.mark('bystander', -2.9, 4.7)
    p.mark('bystander', -1.6, -3.2)
    p.mark('colleague', -1.25, 3.4)
    p.mark('exit', -2.6, 16, turn=0)
    p.mark('exit', -2.6, -16, turn=180)
    p.mark('exit', 6.6, -5.6, turn=90)
    p.mark('exit', 2.6, 9, turn=0)
    p.mark('seat', -2.08, .95, .45, 90)
    p.mark('seat', -3.2, 5.88, .45, 40)
    return p


def pub_car_park():
    """A pub's car park on bonfire night: a low wall and a playing field behind the subject, the pub on the left, cars, one with its headlights on."""
    p = Set()
    street_colors(p, pub=(.78, .76, .70), beam=(.10, .08, .07), door=(.10, .20, .16), car_a=(.30, .31, .33), car_b=(.08, .14, .28), car_c=(.34, .08, .07), car_d=(.62, .62, .60), bay=(.62, .62, .60), keg=(.50, .51, .52), bin=(.08, .20, .14), bin_b=(.28, .09, .08), wood=(.34, .24, .15), ground=(.085, .10, .065), far=(.055, .058, .068),
                  tree=(.05, .06, .045), cope=(.44, .43, .40), pot=(.40, .22, .15), field=(.10, .135, .07), crate=(.42, .16, .12), goal=(.70, .70, .68))
    name = sign('', 128, 160, (.08, .16, .14), (.90, .80, .50), 20, (.70, .56, .26))
    v, u = np.mgrid[0:160, 0:128]
    name[(np.hypot(u - 64, v - 56) < 30)] = (.84, .72, .38)
    name[(np.hypot(u - 76, v - 48) < 27)] = (.08, .16, .14)
    write(name, 'The\nHollow\nMoon', 64, 92, 18, (.92, .84, .56), 1, True)
    p.picture('inn', name)
    p.picture('fascia', sign('The Hollow Moon', 256, 40, (.08, .16, .14), (.90, .80, .50), 26))
    p.picture('notice', sign('Bonfire Night\nDisplay on the field\n7.30 pm', 144, 84, (.84, .50, .12), (.10, .08, .08), 13, None, 0))
    p.picture('patrons', sign('Patrons only', 112, 34, (.90, .90, .86), INK, 16, INK))
    dome(p, (.08, .08, .11), (.02, .02, .045))
    p.material('tarmac', (.9, .9, .95), .7, tile='asphalt', size=128)
    p.material('brick', (.95, .92, .90), .9, tile='brick', size=128)
    p.material('roof', (.7, .7, .75), .85, tile='tiles', size=128)
    p.glow('lit', (.85, .82, .78), lit_window())
    p.glow('lamp', (1.9, 1.5, .95))
    p.glow('bulbs', (1.5, 1.0, .5))
    p.glow('head_light', (1.7, 1.68, 1.55))
    p.glow('tail_light', (1.2, .08, .05))
    p.glow('bonfire', (1.6, .62, .16))
    terrain(p, y=-.3)
    back, far, x0, x1 = -1.9, 16., -7.2, 9.5
    p.quad('tarmac', (x0, 0, far), (x1, 0, far), (x1, 0, back), (x0, 0, back), 3.)
    # low wall behind the subject, with a gap to the field; copings
    for a, b in ((x0, 2.6), (4.0, x1)):
        p.box('brick', (a, -.3, back - .24), (b, .86, back), 1.25, skip='-y')
        p.box('cope', (a - .04, .86, back - .28), (b + .04, .93, back + .04))
        p.soft(a, back - .05, b, back + .55)
    for x in (2.6, 4.0):
        p.box('brick', (x - .18, -.3, back - .30), (x + .18, 1.15, back + .06), 1.25, skip='-y')
        p.box('cope', (x - .23, 1.15, back - .35), (x + .23, 1.23, back + .11))
    # the field: goal, hedge, people's bonfire far off, trees and roofs against the sky
    p.quad('field', (-60, -.12, back - .2), (60, -.12, back - .2), (60, -.12, -85), (-60, -.12, -85))
    with p.at(-9, -26):
        for x in (-3.6, 3.6):
            p.tube('goal', (x, -.1, 0), (x, 2.4, 0), .06, sides=6)
        p.tube('goal', (-3.6, 2.4, 0), (3.6, 2.4, 0), .06, sides=6)
    r = np.random.default_rng(6)
    for k in range(20):
        blob(p, 'tree', (-60 + k * 6.2 + r.uniform(-1.5, 1.5), r.uniform(.2, 1.4), -84 + r.uniform(-2, 2)), r.uniform(2.2, 4.4), r)
    p.tube('bonfire', (14, -.1, -74), (14, 2.0, -74), 1.3, .15, sides=7)
    p.tube('bonfire', (15, -.1, -74), (15, 1.2, -74), .8, .1, sides=6)
    for k in range(9):
        x = 4 + k * 2.2 + r.uniform(-.5, .5)
        p.box('far', (x - .22, -.1, -71), (x + .22, 1.65, -70.8), skip='-y -z')
    skyline(p, 'far', ((96, 3.6),), 8, (-1,))
    skyline(p, 'far', ((60, 4),), 9, (1,))
    for k, x in enumerate((-38, -14, 3, 30)):
        p.quad('lit', (x, 3.2, -95.5 + 3.6), (x + .9, 3.2, -91.9), (x + .9, 4.3, -91.9), (x, 4.3, -91.9), stretch=(1, 1))
    # the pub along the left: rendered, half-timbered, lit windows, a porch, bulbs along the eaves
    with p.at(x0, 12.5, 90):
        w, e = 13.0, 5.0
        p.quad('brick', (0, 0, 0), (w, 0, 0), (w, 1.0, 0), (0, 1.0, 0), 1.25)
        p.quad('pub', (0, 1.0, 0), (w, 1.0, 0), (w, e, 0), (0, e, 0))
        p.quad('roof', (-.3, e - .05, .4), (w + .3, e - .05, .4), (w + .3, e + 2.6, -3.4), (-.3, e + 2.6, -3.4), 1.8)
        p.box('beam', (0, 2.75, 0), (w, 2.93, .04), skip='-z')
        for x in (0, 2.6, 5.2, 7.8, 10.4, w - .16):
            p.box('beam', (x, 2.93, 0), (x + .16, e, .04), skip='-z')
        for x in (1.5, 4.0, 9.2, 11.8):
            window(p, x, 1.05, 1.3, 1.35, 'lit', 2)
        for x in (1.5, 4.0, 6.6, 9.2, 11.8):
            window(p, x, 3.3, 1.0, 1.15, 'lit' if x in (4.0, 11.8) else None, 1)
        p.box('beam', (5.9, 0, 0), (7.3, 2.35, .06), skip='-z -y')
        p.box('door', (6.05, .05, .06), (7.15, 2.15, .10), skip='-z')
        for x in (6.34, 6.86):
            p.quad('lit', (x - .17, 1.1, .105), (x + .17, 1.1, .105), (x + .17, 1.9, .105), (x - .17, 1.9, .105), stretch=(1, 1))
        p.quad('roof', (5.5, 2.45, 1.1), (7.7, 2.45, 1.1), (7.7, 2.95, .05), (5.5, 2.95, .05), 1.8)
        for x in (5.65, 7.55):
            p.box('beam', (x - .06, 0, .95), (x + .06, 2.45, 1.07), skip='-y')
        picture(p, 'fascia', 2.75, 2.52, 2.6, .40, .05)
        for k in range(22):
            x = .3 + k * .59
            y = e - .32 - .22 * abs(np.sin(k * np.pi / 4))
            p.box('bulbs', (x - .035, y - .05, .42), (x + .035, y + .02, .48))
        p.box('beam', (0, e - .16, .38), (w, e - .10, .46), skip='-z')
        p.soft(0, -.1, w, .8)
        # kegs, crates, bins by the side door
        for x in (8.05, 8.5, 8.28):
            p.tube('keg', (x, 0 if x != 8.28 else .56, .35), (x, .54 if x != 8.28 else 1.1, .35), .2, sides=10)
        for k in range(3):
            p.box('crate', (10.2, k * .28, .12), (10.6, k * .28 + .27, .48), skip='-y', turn=k * 4)
        with p.at(10.0 - .6, .42):
            wheelie(p, 'bin')
        with p.at(11.2 + .9, .42):
            wheelie(p, 'bin_b')
    # the pub's end wall
    with p.at(x0, -.5, 180):
        p.quad('brick', (0, 0, 0), (6, 0, 0), (6, 5.0, 0), (0, 5.0, 0), 1.25)
    # inn sign on a post, notice on the wall, lamp near the subject
    with p.at(-3.6, back + .35):
        p.box('beam', (-.07, 0, -.07), (.07, 3.6, .07), skip='-y')
        p.box('beam', (-.07, 3.5, -.05), (1.0, 3.6, .05))
        p.box('beam', (.18, 2.35, -.04), (.96, 3.35, .04))
        picture(p, 'inn', .57, 2.85, .72, .92, .045)
    with p.at(1.15, back):
        p.box('white', (-.66, .28, 0), (.22, .80, .012), skip='-z')
        picture(p, 'notice', -.22, .54, .86, .50, .016)
    street_lamp(p, 2.55, 2.4, 4.1, (-.6, 0), 'lamp')
    street_lamp(p, 9.2, 9.5, 4.6, (-.9, 0), 'lamp')
    # marked bays right and left of the lane, with cars
    for z in np.arange(-1.6, 15, 2.55):
        p.quad('bay', (4.2, .004, z + .05), (9.0, .004, z + .05), (9.0, .004, z - .05), (4.2, .004, z - .05))
    for x, z, turn, paint, kind, on in ((6.7, -.35, -90, 'car_b', 'hatch', False), (6.9, 4.75, -90, 'car_d', 'estate', False), (6.6, 7.3, 90, 'car_c', 'hatch', False), (6.8, 12.4, -90, 'car_a', 'van', False), (-3.4, 4.9, 92, 'car_a', 'estate', False), (-1.9, 14.2, 172, 'car_b', 'hatch', True)):
        with p.at(x, z, turn):
            car(p, paint, kind, on, far=z > 12 and not on)
    # picnic table, a smokers' shelter left out; a chain and bollards at the way in
    with p.at(-4.4, 1.6, 12):
        p.box('wood', (-.85, .70, -.36), (.85, .75, .36))
        for z in (-.68, .46):
            p.box('wood', (-.85, .41, z), (.85, .45, z + .24))
        for x in (-.62, .58):
            p.box('wood', (x, .36, -.66), (x + .05, .42, .68))
            p.tube('wood', (x, 0, -.55), (x, .70, -.16), .035, sides=4)
            p.tube('wood', (x, 0, .55), (x, .70, .16), .035, sides=4)
        p.tube('car_glass', (.2, .75, .1), (.2, .90, .1), .035, .042, sides=8)
        p.soft(-1.1, -.9, 1.1, .9)
    for x in (x0 + .3, 3.6, x1 - .2):
        p.box('brick', (x - .2, 0, far - .2), (x + .2, 1.1, far + .2), 1.25, skip='-y')
    p.box('brick', (3.6, 0, far - .1), (x1, .7, far + .1), 1.25, skip='-y')
    with p.at(3.6, far - .21, 180):
        picture(p, 'patrons', 0, .8, .38, .12, .012)
    # the road beyond, houses opposite
    p.quad('tarmac', (-40, -.05, far + 9), (40, -.05, far + 9), (40, -.05, far), (-40, -.05, far), 3.)
    for n in range(7):
        with p.at(17 - n * 5.4, far + 13, 180):
            terrace(p, 5.4, ('door', 'car_c', 'car_b')[n % 3], n, left=bool(n % 2), far=True)
    hedge(p, x1, x1 + .7, back, far, 1.7, 3, 'tree')
    p.mark('bystander', -1.7, 2.9)
    p.mark('bystander', 2.0, -.9)
    p.mark('colleague', 1.0, 6.1)
    p.mark('exit', .5, far - .3, turn=0)
    p.mark('exit', 3.3, back, turn=180)
    p.mark('exit', x0 + .4, 5.9, turn=-90)
    p.mark('seat', -4.3, 2.20, .45, 12)
    p.mark('fireworks', -14, -95, 11)
    p.mark('fireworks', 6, -100, 14)
    p.mark('fireworks', 20, -92, 12)
    return p


PLACES = {'winter-street': winter_street, 'high-street': high_street, 'pub-car-park': pub_car_park}
