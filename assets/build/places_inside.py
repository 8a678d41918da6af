"""Places under a roof: supermarket, locker room, hallways, control room, ward, school, cells."""
import numpy as np

from fittings import (bench, bin_, carpet, clock, clock_face, door, exit_glow, extinguisher, gondola, grid, handrail, leaves, office_chair, picture, plastic_chair,
                      products, radiator, radiator_picture, running_exit, shelf_edge, socket, squares, tubes, vinyl, wall)
from kit import BLACK, INK, PAPER, Set, blank, board, poster, sign, write

WHITE_TUBE = (1.7, 1.7, 1.62)


def common(p, **more):
    """The colours that every interior uses."""
    p.swatches(white=(.82, .82, .79), black=(.045, .045, .05), chrome=(.52, .53, .54), red=(.58, .06, .05), glass=(.10, .12, .14), **more)
    p.picture('radiator', radiator_picture())


def supermarket_aisle():
    """Aisle nine on a Saturday: shelves on both sides, a display knocked over, tills and daylight behind the officer, chillers behind the subject."""
    p = Set()
    r = np.random.default_rng(11)
    common(p, shelf=(.78, .78, .75), shelf_under=(.30, .30, .29), shelf_back=(.20, .19, .18), shelf_post=(.62, .62, .60), kick=(.16, .16, .17), goods_top=(.34, .27, .20),
           card=(.60, .47, .32), till=(.30, .32, .35), belt=(.05, .05, .055), basket=(.12, .30, .20), steel=(.55, .56, .57), pack_a=(.80, .30, .12), pack_b=(.20, .40, .62),
           pack_c=(.88, .80, .40), green=(.10, .34, .22), band=(.10, .36, .24), cold=(.72, .76, .78))
    for k in range(7):
        p.picture(f'goods{k}', products(40 + k))
    for k in range(2):
        p.picture(f'edge{k}', shelf_edge(60 + k))
    aisle = blank(160, 96, (.08, .33, .22))
    write(aisle, '9', 26, 12, 62, (.97, .97, .93), 2, True)
    write(aisle, 'Cereal\nTea & coffee\nBiscuits\nJams', 56, 12, 15, (.97, .97, .93))
    p.picture('aisle', aisle)
    p.picture('offer', write(sign('2 for 3', 96, 64, (.86, .16, .12), (1, .95, .5), 26), 'this week', 48, 42, 12, (1, 1, 1), 0, True))
    p.picture('fresh', sign('Milk  Butter  Cheese  Yoghurt', 320, 40, (.90, .91, .88), (.08, .33, .22), 20))
    p.picture('tills', sign('Tills 1 to 8', 160, 36, (.08, .33, .22), (.97, .97, .93), 22))
    p.picture('brand', sign("Penny & Marsh", 224, 48, (.95, .94, .90), (.08, .33, .22), 30))
    p.picture('way_out', sign('Way out', 96, 32, (.95, .94, .90), (.08, .33, .22), 20))
    chill = blank(128, 96, (.50, .54, .57))
    for k in range(4):
        shelf = products(80 + k, 128, 22)
        chill[2 + k * 24:24 + k * 24] = shelf * .8 + .12
        chill[24 + k * 24:26 + k * 24] = .85
    p.picture('chiller', chill)
    p.material('floor', (1, 1, 1), .35, image=squares((.70, .69, .65), (.67, .66, .62), 64, (.52, .51, .48)))
    p.material('wall', (.86, .87, .84), .9)
    p.material('ceiling', (.62, .62, .60), .95, image=grid())
    p.glow('tube', WHITE_TUBE)
    p.glow('daylight', (.85, .92, 1.))
    exit_glow(p)
    left, right, start, end, top = -1.25, 1.55, -8., 10.5, 3.3
    x0, x1, back, front = -7., 7.5, -11.6, 17.
    p.quad('floor', (x0, 0, front), (x1, 0, front), (x1, 0, back), (x0, 0, back), 1.2)
    p.quad('ceiling', (x0, top, back), (x1, top, back), (x1, top, front), (x0, top, front), 2.4)
    wall(p, (x0, back), (x1, back), top, [('wall', 0, top, 1)])
    wall(p, (x0, front), (x0, back), top, [('wall', 0, top, 1)])
    wall(p, (x1, back), (x1, front), top, [('wall', 0, top, 1)])
    # the aisle
    for x, turn, seed in ((left - .45, 90, 1), (right + .45, -90, 2)):
        with p.at(x, end if turn > 0 else start, turn):
            gondola(p, end - start, seed, goods=7)
        for z, facing in ((start, 180), (end, 0)):          # ends of the shelving
            with p.at(x + (.0 if turn > 0 else 0), z, facing):
                p.box('shelf', (-.48, 0, 0), (.48, 1.92, .03), skip='-z -y')
                for k, y in enumerate((.14, .60, 1.06)):
                    p.box('shelf', (-.45, y - .03, .03), (.45, y, .36), skip='-z')
                    p.quad(f'goods{(k + seed * 2) % 7}', (-.44, y, .30), (.44, y, .30), (.44, y + .38, .30), (-.44, y + .38, .30), stretch=(1, 1))
                picture(p, 'offer', 0, 1.70, .5, .33, .035)
    # the gap behind the shelves is another aisle: its backs close the view
    for x in (left - 1.15, right + 1.15):
        p.box('shelf_back', (x - .2, 0, start), (x + .2, 1.92, end), skip='-y')
    # chillers along the back wall
    for k in range(7):
        x = -5.6 + k * 1.9
        with p.at(x + .95, back):
            p.box('cold', (-.95, 0, 0), (.95, .26, .78), skip='-y -z')
            p.quad('chiller', (-.92, .26, .60), (.92, .26, .60), (.92, 1.90, .30), (-.92, 1.90, .30), stretch=(1, 1))
            p.box('white', (-.95, 1.90, 0), (.95, 2.15, .72), skip='-z')
            p.box('cold', (-.95, .26, 0), (-.91, 1.90, .70), skip='-y +y -z')
            p.soft(-.95, .5, .95, 1.2)
    with p.at(-.2, back):
        picture(p, 'fresh', 0, 2.55, 4.2, .52, .02)
    # signs over the aisle
    for z in (-6.6, 7.5):
        with p.at(.15, z):
            p.box('green', (-.52, 2.22, -.02), (.52, 2.82, .02))
            picture(p, 'aisle', 0, 2.52, 1.0, .58, .024)
        with p.at(.15, z, 180):
            picture(p, 'aisle', 0, 2.52, 1.0, .58, .024)
        for s in (-.4, .4):
            p.box('chrome', (.15 + s - .006, 2.82, z - .006), (.15 + s + .006, top, z + .006), skip='+y -y')
    tubes(p, .15, (-6.4, -3.0, .6, 3.8, 7.2), top, 1.5, .34)
    tubes(p, -4.6, (-9.6, 13.), top, 1.5, .34)
    tubes(p, 4.8, (-9.6, 13.), top, 1.5, .34)
    # a display stand that was knocked over, packs on the floor
    with p.at(-.78, -1.25, 62):
        p.box('card', (-.32, .0, -.25), (.32, .06, 1.15), turn=4)
        p.box('card', (-.32, .06, -.25), (-.29, .30, 1.15), turn=4)
        p.box('band', (-.30, .06, 1.02), (.30, .24, 1.10), turn=4)
        p.soft(-.5, -.4, .5, 1.3)
    for k in range(26):
        t, d = r.uniform(-.8, 2.6), r.uniform(.15, 1.0)
        x, z = -.55 + d * np.cos(t) * .9, -1.05 + d * np.sin(t) * .9
        if x < left + .08 or x * x + z * z < .16:
            continue
        w, h, l = r.uniform(.05, .08), r.uniform(.05, .09), r.uniform(.10, .17)
        p.box(('pack_a', 'pack_b', 'pack_c')[k % 3], (x - w, .0, z - l), (x + w, h, z + l), turn=r.uniform(0, 180), skip='-y')
    # a basket left on the floor, a cage trolley at the end of the aisle
    with p.at(1.18, 2.5, 8):
        p.box('basket', (-.22, .02, -.16), (.22, .20, .16), skip='+y')
        p.quad('belt', (-.21, .06, .15), (.21, .06, .15), (.21, .06, -.15), (-.21, .06, -.15))
        p.box('pack_c', (-.15, .06, -.08), (.02, .24, .04), turn=20)
        p.tube('black', (-.20, .20, 0), (.20, .28, 0), .01, sides=4)
        p.soft(-.3, -.25, .3, .25)
    with p.at(2.9, -9.4, -20):
        p.box('card', (-.38, .18, -.30), (.10, .80, .28), turn=3)
        p.box('pack_b', (-.36, .80, -.26), (.06, 1.15, .24), turn=-4)
        p.box('steel', (-.42, .12, -.35), (.42, .17, .35))
        for x in (-.40, .40):
            for z in (-.33, .33):
                p.box('steel', (x - .015, .0, z - .015), (x + .015, 1.55, z + .015), skip='-y')
            for y in (.6, 1.05, 1.5):
                p.box('steel', (x - .01, y, -.33), (x + .01, y + .02, .33))
        p.soft(-.55, -.45, .55, .45)
    # tills and the way out, behind the officer
    for k in range(4):
        x = -5.4 + k * 3.1
        with p.at(x, 13.4):
            p.box('till', (-.35, 0, -1.1), (.35, .82, 1.1), skip='-y')
            p.box('belt', (-.30, .82, -1.05), (.30, .84, .2))
            p.box('white', (-.10, .84, .35), (.28, 1.22, .45))
            p.box('white', (-.30, 1.3, .9), (-.26, 2.1, .94))
            p.box('green', (-.42, 2.1, .80), (-.14, 2.38, 1.04))
            p.soft(-.6, -1.3, .6, 1.3)
    with p.at(.15, 12.1, 180):
        picture(p, 'tills', 0, 2.62, 1.9, .42, .02, 'green')
    with p.at(0, front, 180):
        for k, x in enumerate((-6.2, -3.9, 1.9, 4.3)):
            p.quad('daylight', (x, .4, .02), (x + 2.1, .4, .02), (x + 2.1, 2.6, .02), (x, 2.6, .02))
            for s in (0, 1.05, 2.1):
                p.box('steel', (x + s - .03, .4, .02), (x + s + .03, 2.6, .07), skip='-y -z')
        for x in (-1.05, .05):
            p.quad('daylight', (x, .05, .02), (x + 1.0, .05, .02), (x + 1.0, 2.2, .02), (x, 2.2, .02))
            p.box('steel', (x + .97, 0, .02), (x + 1.03, 2.25, .08), skip='-z')
        p.box('steel', (-1.1, 2.2, .02), (1.1, 2.3, .10), skip='-z')
        picture(p, 'way_out', 0, 2.45, .72, .24, .03)
        picture(p, 'brand', 0, 2.92, 2.4, .5, .03)
    running_exit(p, 5.6, 2.5, back + .05, 0, .0)
    with p.at(5.6, back + .02):
        door(p, 'till', 'steel', 1.0, 2.05, pane=(-.3, -.05, 1.1, 1.7), plate='chrome')
    p.mark('bystander', 1.0, -2.3)
    p.mark('bystander', -.7, -5.2)
    p.mark('colleague', -.95, 2.4)
    p.mark('exit', 0, 16.6, turn=0)
    p.mark('exit', 5.6, back + .3, turn=180)
    p.mark('exit', 0, start - .6, turn=180)
    return p


def locker_room():
    """A police locker room at the end of nights: two banks of lockers, benches, a high window, a door back to the corridor."""
    p = Set()
    common(p, locker=(.30, .36, .42), locker_b=(.27, .33, .39), wood=(.52, .38, .24), steel=(.45, .46, .47), frame=(.60, .60, .57), leaf=(.40, .29, .19), bag=(.06, .07, .09), hivis=(.70, .78, .16),
           shirt=(.84, .85, .86), navy=(.06, .08, .14), bin=(.30, .31, .32), towel=(.42, .52, .58), basin=(.88, .88, .86), mug=(.66, .24, .16), sill=(.72, .71, .67))
    def locker_door(n, sticker):
        a = blank(40, 144, (.33, .40, .46)) * np.linspace(1.05, .82, 144)[:, None, None]
        a[:2], a[-2:], a[:, :1], a[:, -1:] = .12, .12, .12, .12
        for y in (12, 17, 22, 122, 127, 132):
            a[y:y + 2, 10:30] = .10
        a[66:80, 30:34] = .62
        a[70:74, 31:36] = .2
        write(a, str(n), 20, 32, 11, (.92, .92, .88), 0, True)
        if sticker:
            a[46:56, 9:27] = sticker
        return a
    stickers = (None, (.90, .85, .30), None, (.80, .82, .86), None, (.30, .55, .75))
    for k in range(6):
        p.picture(f'locker{k}', locker_door(41 + k, stickers[k]))
    p.picture('trim', poster(72, 100, 'TRiM', (.12, .30, .42), 3, words='Bad job?\nTalk to us.'))
    p.picture('talk', poster(72, 100, 'Not okay?\nSay so', (.16, .42, .36), 5))
    p.picture('rota', board(160, 110, (.20, .26, .40), [(8, 8, poster(60, 84, 'Duties', (.35, .35, .38), 7)), (78, 10, poster(70, 50, 'Quiz night', (.62, .32, .10), 8)), (82, 66, poster(64, 38, 'Lost keys', (.5, .1, .1), 9))], 4))
    p.picture('briefing', sign('Briefing room', 128, 32, (.14, .22, .36), (.95, .95, .93), 17))
    p.picture('clock', clock_face(6, 52))
    mirror = blank(48, 64, (.42, .46, .48)) * np.linspace(1.15, .8, 64)[:, None, None]
    p.picture('mirror', mirror)
    p.material('floor', (1, 1, 1), .45, image=vinyl((.36, .40, .43)))
    p.material('wall', (.82, .84, .82), .9, tile='plaster')
    p.material('ceiling', (.76, .76, .73), .95, image=grid())
    p.glow('tube', (1.6, 1.62, 1.58))
    p.glow('daylight', (.72, .80, .95))
    exit_glow(p)
    x0, x1, back, far, top = -1.75, 1.95, -4.2, 11.2, 2.6
    p.quad('floor', (x0, 0, far), (x1, 0, far), (x1, 0, back), (x0, 0, back), 1.2)
    p.quad('ceiling', (x0, top, back), (x1, top, back), (x1, top, far), (x0, top, far), 1.2)
    bands = [('wall', 0, top, 1.6)]
    wall(p, (x0, back), (x1, back), top, bands, [(1.0, 2.7, 1.62, 2.22)], 'navy')
    wall(p, (x0, far), (x0, back), top, bands, (), 'navy')
    wall(p, (x1, back), (x1, far), top, bands, (), 'navy')
    wall(p, (x1, far), (x0, far), top, bands, (), 'navy')
    # high window behind the subject
    with p.at(x0 + 1.85, back):
        p.quad('daylight', (-.85, 1.62, -.12), (.85, 1.62, -.12), (.85, 2.22, -.12), (-.85, 2.22, -.12))
        for x in (-.85, -.28, .28, .82):
            p.box('white', (x, 1.62, -.12), (x + .04, 2.22, -.04), skip='-z')
        p.box('sill', (-.90, 1.58, -.12), (.90, 1.62, .06))
        p.box('white', (-.85, 2.19, -.12), (.85, 2.24, .0), skip='-z')
        with p.at(.1, 0):
            radiator(p, 1.3)
    with p.at(-1.28, back):
        picture(p, 'trim', 0, 1.55, .42, .58)
    with p.at(1.55, back):
        picture(p, 'talk', -.05, 1.55, .42, .58)
    # lockers both sides
    def bank(n, seed):
        r = np.random.default_rng(seed)
        p.box('locker_b', (0, .1, 0), (n * .38, 1.92, .48), skip='-y -z +z')
        p.quad('locker', (0, 1.925, .50), (n * .38, 1.925, .50), (n * .38, 1.925, 0), (0, 1.925, 0))
        p.box('black', (0, 0, 0), (n * .38, .1, .44), skip='-y -z')
        for k in range(n):
            p.quad(f'locker{int(r.integers(0, 6))}', (k * .38 + .006, .1, .482), ((k + 1) * .38 - .006, .1, .482), ((k + 1) * .38 - .006, 1.92, .482), (k * .38 + .006, 1.92, .482), stretch=(1, 1))
        p.soft(-.1, .2, n * .38 + .1, .85)
    with p.at(x0, 4.9, 90):
        bank(20, 1)
    with p.at(x1, -3.3, -90):
        bank(14, 2)
    # one locker open, its inside: shirt, vest
    with p.at(x0 + .50, -.52, 90):
        p.box('locker', (-.20, .1, 0), (-.185, 1.92, .36), turn=0)
        p.quad('black', (-.17, .12, -.012), (.19, .12, -.012), (.19, 1.9, -.012), (-.17, 1.9, -.012))
        p.box('shirt', (-.09, .95, -.01), (.10, 1.62, .03))
        p.box('navy', (.06, 1.0, -.01), (.15, 1.58, .035))
        p.box('bag', (-.14, .12, -.01), (.15, .42, .05))
    # bags and hats on top
    for z, c in ((2.2, 'bag'), (-2.2, 'hivis'), (1.1, 'navy')):
        p.box(c, (x0 + .08, 1.93, z - .22), (x0 + .42, 2.14, z + .22), turn=6)
    for z in (-2.4, -1.0):
        p.box('bag', (x1 - .42, 1.93, z - .25), (x1 - .06, 2.12, z + .2), turn=-5)
    # benches: one against the right lockers, one further on
    with p.at(.98, -.75, -90):
        bench(p, 2.2, 'wood', 'steel', deep=.36)
    with p.at(-.98, 3.3, 90):
        bench(p, 2.4, 'wood', 'steel', deep=.36)
    p.box('mug', (.72, .45, -1.55), (.80, .54, -1.47))
    p.box('towel', (.66, .45, -1.28), (.94, .49, -1.06), turn=12)
    with p.at(.78, -1.5 + 3.2, 15):
        p.box('bag', (-.30, 0, -.16), (.30, .30, .16))
        p.box('navy', (-.26, .30, -.12), (.26, .35, .12))
        p.tube('black', (-.18, .33, 0), (.18, .33, 0), .025, sides=5)
        p.soft(-.45, -.3, .45, .3)
    # right wall further on: board, basin and mirror, door
    with p.at(x1, 2.9, -90):
        p.box('wood', (-.82, 1.10, 0), (.82, 2.10, .015), skip='-z')
        picture(p, 'rota', 0, 1.60, 1.5, .96, .02)
    with p.at(x1, 5.4, -90):
        p.box('basin', (-.28, .78, 0), (.28, .88, .40))
        p.box('basin', (-.06, .15, .02), (.06, .78, .16), skip='+y')
        p.box('chrome', (-.015, .88, .05), (.015, 1.0, .14))
        picture(p, 'mirror', 0, 1.45, .5, .66, .02, 'chrome')
        p.box('white', (.42, 1.12, 0), (.66, 1.42, .11), skip='-z')
    with p.at(x1, 7.6, -90):
        door(p, 'leaf', 'frame', .9, 2.03, pane=(.06, .26, 1.05, 1.75), kick='steel', plate='chrome', closer=True, sign=('briefing', .5, .125, 1.62, -.72))
    with p.at(x0, 7.2, 90):
        for k in range(9):                     # coats on hooks
            p.box('wood' if k == 0 else ('hivis', 'navy', 'black')[k % 3], (-1.1 + k * .26, .75 if k else 1.66, .0), (-1.1 + k * .26 + (.20 if k else 2.3), 1.60 if k else 1.74, .12 if k else .025))
    with p.at(0, far, 180):
        door(p, 'leaf', 'frame', .92, 2.03, pane=(.06, .26, 1.05, 1.75), kick='steel', plate='chrome', closer=True)
        clock(p, 'clock', -1.1, 2.05)
        extinguisher(p, 1.0)
    running_exit(p, 0, 2.28, far - .06, 180, .02)
    with p.at(-1.35, far - .1, 180):
        bin_(p, 'bin', 'black')
    tubes(p, .1, (-2.3, 1.1, 4.6, 8.2), top, 1.5, .3)
    p.mark('bystander', -.7, -2.6)
    p.mark('colleague', -.85, 3.0 + 1.9)
    p.mark('exit', 0, far - .3, turn=0)
    p.mark('exit', x1 - .3, 7.6, turn=90)
    p.mark('seat', .76, -.75, .45, -90 + 35)
    p.mark('seat', -.76, 3.3, .45, 90)
    return p



def stairs_up(p, steps, going, rise, width, tread, side, rail=None):
    """A straight flight that climbs towards -Z from z = 0, its left edge at x = 0."""
    for k in range(steps):
        p.quad(tread, (0, rise * k, -going * k), (width, rise * k, -going * k), (width, rise * (k + 1), -going * k), (0, rise * (k + 1), -going * k), .8)
        p.quad(tread, (0, rise * (k + 1), -going * k), (width, rise * (k + 1), -going * k), (width, rise * (k + 1), -going * (k + 1)), (0, rise * (k + 1), -going * (k + 1)), .8)
        p.quad(side, (0, 0, -going * (k + 1)), (0, 0, -going * k), (0, rise * (k + 1), -going * k), (0, rise * (k + 1), -going * (k + 1)))
    if rail:
        p.box(rail, (-.05, 0, -.02), (.05, 1.12, .08), skip='-y')
        a, b = (0, .98, 0), (0, .98 + rise * steps, -going * steps)
        p.tube(rail, a, b, .032, sides=6)
        for k in range(steps):
            z, y = -going * (k + .5), rise * (k + 1)
            p.box(rail, (-.014, y, z - .014), (.014, y + .92 - rise * .5, z + .014), skip='-y +y')


def home_hallway():
    """The hall of a terraced family home by day: stairs, a pram, a changing bag, the kitchen at the end; the front door stands behind the officer."""
    p = Set()
    common(p, frame=(.80, .79, .75), skirt=(.78, .77, .73), leaf=(.76, .75, .71), oak=(.50, .36, .21), pram=(.12, .15, .20), pram_b=(.42, .44, .46), bag=(.46, .50, .44), coat_a=(.20, .27, .38),
           coat_b=(.52, .16, .18), coat_c=(.55, .47, .30), unit=(.66, .70, .68), worktop=(.24, .20, .17), kettle=(.60, .61, .62), card=(.80, .72, .60), blanket=(.78, .66, .42), shoe=(.14, .11, .10),
           plant=(.12, .26, .11), pot=(.52, .26, .17), muslin=(.84, .84, .80), carpet_side=(.70, .69, .64), post=(.76, .75, .71), frontdoor=(.16, .28, .30))
    art = blank(64, 80, (.90, .89, .85))
    v, u = np.mgrid[0:80, 0:64]
    art[10:70, 8:56] = (.55, .66, .72)
    art[44:70, 8:56] = (.30, .44, .32)
    art[(np.hypot(u - 40, v - 28) < 8)] = (.92, .80, .50)
    p.picture('art', art)
    photo = blank(40, 48, (.20, .16, .12))
    photo[4:44, 4:36] = (.66, .60, .52)
    photo[16:44, 12:28] = (.30, .34, .44)
    photo[8:18, 15:25] = (.70, .52, .42)
    p.picture('photo', photo)
    letter = board(72, 64, (.86, .86, .84), [(4, 6, poster(30, 40, 'Clinic', (.10, .34, .56), 2)), (38, 10, poster(28, 44, 'Bins', (.2, .45, .2), 4))], 2, (.55, .56, .57))
    p.picture('fridge_notes', letter)
    p.material('floor', (.95, .9, .85), .5, tile='wood')
    p.material('wall', (.90, .90, .84), .9, tile='plaster')
    p.material('stair', (1, 1, 1), 1., image=carpet((.46, .45, .43)))
    p.material('ceiling', (.82, .82, .80), .95)
    p.glow('daylight', (.90, .95, 1.))
    p.glow('lamp', (1.2, .9, .55))
    x0, x1, back, far, top = -.95, 1.75, -2.6, 6.2, 2.5
    k0 = -6.2                                  # the kitchen's end wall
    p.quad('floor', (x0, 0, far), (x1, 0, far), (x1, 0, back), (x0, 0, back), 1.1)
    p.quad('ceiling', (x0, top, back), (x1, top, back), (x1, top, far), (x0, top, far), 2)
    bands = [('wall', 0, top, 1.5)]
    wall(p, (x0, far), (x0, back), top, bands, [(far - 4.05, far - 3.2, 0, 2.03)], 'skirt')     # living room door, open
    wall(p, (x1, back), (x1, far), top, bands, (), 'skirt')
    wall(p, (x1, far), (x0, far), top, bands, (), 'skirt')
    door0, door1 = -.62, .26
    wall(p, (x0, back), (x1, back), top, bands, [(door0 - x0, door1 - x0, 0, 2.03)], 'skirt')
    for x in (door0 - .07, door1):
        p.box('frame', (x, 0, back - .10), (x + .07, 2.10, back + .03), skip='-y')
    p.box('frame', (door0 - .07, 2.03, back - .10), (door1 + .07, 2.10, back + .03))
    # the kitchen beyond: window over the sink, units, fridge, a table end
    p.quad('floor', (-1.9, .0, back), (1.5, .0, back), (1.5, .0, k0), (-1.9, .0, k0), 1.1)
    wall(p, (-1.9, k0), (1.5, k0), top, bands, [(.95, 2.55, 1.05, 2.05)])
    wall(p, (-1.9, back - .1), (-1.9, k0), top, bands)
    wall(p, (1.5, k0), (1.5, back - .1), top, bands)
    p.quad('ceiling', (-1.9, top, k0), (1.5, top, k0), (1.5, top, back), (-1.9, top, back), 2)
    p.quad('daylight', (-.98, 1.0, k0 - .06), (.70, 1.0, k0 - .06), (.70, 2.1, k0 - .06), (-.98, 2.1, k0 - .06))
    for x in (-.95, -.17, .61):
        p.box('frame', (x, 1.05, k0 - .05), (x + .05, 2.05, k0 + .02), skip='-z')
    p.box('frame', (-1.0, 1.0, k0 - .05), (.72, 1.05, k0 + .10))
    leaves(p, 'plant', -.53, 1.14, k0 + .05, .16, .30)
    p.box('pot', (-.60, 1.05, k0), (-.46, 1.16, k0 + .09))
    p.box('unit', (-1.9, .1, k0), (1.0, .88, k0 + .58), skip='-y -z -x')
    p.box('black', (-1.9, 0, k0), (1.0, .1, k0 + .52), skip='-y -z -x')
    p.box('worktop', (-1.9, .88, k0), (1.02, .92, k0 + .62), skip='-z -x')
    for x in np.arange(-1.75, .95, .55):
        p.box('chrome', (x + .2, .78, k0 + .58), (x + .34, .795, k0 + .60))
        p.box('black', (x + .545, .12, k0 + .58), (x + .552, .86, k0 + .583))
    p.tube('kettle', (-1.15, .92, k0 + .3), (-1.15, 1.14, k0 + .3), .085, .06, sides=9)
    p.tube('chrome', (-.15, .92, k0 + .14), (-.15, 1.18, k0 + .14), .014, sides=6)
    p.tube('chrome', (-.15, 1.18, k0 + .14), (-.15, 1.16, k0 + .32), .012, sides=6)
    for k, c in enumerate(('muslin', 'muslin', 'card')):       # bottles on the drainer
        p.tube(c, (.2 + k * .1, .92, k0 + .2), (.2 + k * .1, 1.06, k0 + .2), .028, .02, sides=7)
    p.box('white', (1.02, 0, k0), (1.5, 1.75, k0 + .62), skip='-y -z')
    with p.at(1.26, k0 + .62):
        picture(p, 'fridge_notes', 0, 1.30, .34, .30, .004)
        p.box('black', (-.24, 1.06, 0), (.24, 1.07, .004))
        p.box('chrome', (-.21, 1.12, .0), (-.19, 1.45, .03))
    p.box('oak', (-1.9, .70, k0 + 1.5), (-1.05, .75, k0 + 2.6))
    p.box('oak', (-1.12, 0, k0 + 2.45), (-1.06, .70, k0 + 2.52), skip='+y -y')
    # stairs on the right, climbing away behind the subject
    with p.at(.82, 2.1):
        stairs_up(p, 12, .235, .205, x1 - .82, 'stair', 'carpet_side', 'post')
    with p.at(.82, 2.1, -90):                  # the cupboard under the stairs
        p.box('post', (-3.0, 0, .0), (-2.15, 1.92, .02), skip='-z')
        p.box('carpet_side', (-2.94, .03, .02), (-2.21, 1.86, .026), skip='-z')
        p.box('chrome', (-2.30, .95, .026), (-2.27, 1.05, .05))
        p.quad('skirt', (-2.1, 0, .01), (-.1, 0, .01), (-.1, .11, .01), (-2.1, .11, .01))
    # front door behind the officer, with glass
    with p.at(-.05, far, 180):
        door(p, 'frontdoor', 'frame', .92, 2.03, handle='chrome', lever=-1, panels=[(-.34, -.04, .20, .85), (.04, .34, .20, .85)])
        for x in (-.20, .20):
            p.quad('daylight', (x - .13, 1.12, .028), (x + .13, 1.12, .028), (x + .13, 1.85, .028), (x - .13, 1.85, .028))
        p.box('chrome', (-.14, .98, .02), (.14, 1.03, .035), skip='-z')
        p.quad('daylight', (-.45, 2.12, .03), (.45, 2.12, .03), (.45, 2.38, .03), (-.45, 2.38, .03))
        p.box('black', (-.55, .0, .1), (.55, .012, .75), skip='-y')
    # coats, a shelf, shoes, the radiator with a narrow shelf, pictures
    with p.at(x0, 2.0, 90):
        radiator(p, 1.1)
        p.box('oak', (-.62, .84, .0), (.62, .87, .17))
        p.box('card', (-.3, .87, .04), (-.1, .95, .13))
        p.tube('pot', (.40, .87, .08), (.40, .97, .08), .05, .06, sides=8)
        leaves(p, 'plant', .40, .95, .09, .15, .24)
        picture(p, 'art', 0, 1.55, .56, .70, .02, 'frame')
    with p.at(x0, .15, 90):
        picture(p, 'photo', -.12, 1.60, .26, .31, .02)
        picture(p, 'photo', .26, 1.48, .22, .27, .02)
        socket(p, .1)
    with p.at(x0, -1.55, 90):
        p.box('oak', (-.6, 1.62, 0), (.6, 1.72, .02))
        for k, (c, low) in enumerate((('coat_a', .78), ('coat_b', .92), ('coat_c', .70), ('pram', 1.10))):
            x = -.48 + k * .30
            p.box(c, (x - .12, low, .03), (x + .13, 1.60, .15), skip='-z')
            p.box(c, (x - .16, 1.0, .04), (x - .11, 1.52, .12))
        for k in range(3):
            p.box('shoe', (-.5 + k * .3, 0, .05), (-.41 + k * .3, .08, .32), turn=8 * k - 6)
            p.box('shoe', (-.39 + k * .3, 0, .06), (-.30 + k * .3, .08, .33), turn=4 * k)
    # the living room door, ajar on the left: a lit room beyond
    wall(p, (x0 - 1.9, 3.9), (x0 - 1.9, 2.6), top, bands)
    p.quad('stair', (x0 - 1.9, 0, 4.3), (x0, 0, 4.3), (x0, 0, 2.8), (x0 - 1.9, 0, 2.8), .8)
    p.quad('wall', (x0 - 1.9, 0, 3.1), (x0, 0, 3.1), (x0, top, 3.1), (x0 - 1.9, top, 3.1), 1.5)
    p.quad('wall', (x0, 0, 4.15), (x0 - 1.9, 0, 4.15), (x0 - 1.9, top, 4.15), (x0, top, 4.15), 1.5)
    for z in (3.13, 4.05):
        p.box('frame', (x0 - .1, 0, z), (x0 + .03, 2.1, z + .07), skip='-y')
    p.box('frame', (x0 - .1, 2.03, 3.13), (x0 + .03, 2.1, 4.12))
    # pram by the stairs, changing bag, a muslin on the newel
    with p.at(.42, 3.7, -8):
        p.box('pram', (-.22, .52, -.42), (.22, .72, .40), skip='+y')
        p.quad('blanket', (-.22, .70, .40), (.22, .70, .40), (.22, .71, -.10), (-.22, .71, -.10))
        p.quad('muslin', (-.22, .69, -.1), (.22, .69, -.1), (.22, .69, -.42), (-.22, .69, -.42))
        pts = [(0, -.42), (.26, -.46), (.42, -.30), (.46, -.08)]
        for (y0, z0), (y1, z1) in zip(pts, pts[1:]):
            p.quad('pram', (.23, .70 + y0, z0), (-.23, .70 + y0, z0), (-.23, .70 + y1, z1), (.23, .70 + y1, z1))
            p.quad('pram', (-.23, .70 + y0, z0), (.23, .70 + y0, z0), (.23, .70 + y1, z1), (-.23, .70 + y1, z1))
        for x in (-.24, .24):
            p.tube('pram_b', (x, .16, -.34), (x, .60, .30), .014, sides=5)
            p.tube('pram_b', (x, .14, .36), (x, 1.0, .62) if False else (x, .58, -.36), .014, sides=5)
            p.tube('pram_b', (x, .60, .36), (x, 1.02, .62), .014, sides=5)
            for z in (-.36, .38):
                p.tube('black', (x - .02, .14, z), (x + .02, .14, z), .14, sides=12)
        p.tube('black', (-.24, 1.02, .62), (.24, 1.02, .62), .018, sides=6)
        p.box('bag', (-.16, .20, -.16), (.16, .44, .20))
        p.soft(-.4, -.6, .4, .7)
    p.box('muslin', (.74, 1.10, 2.02), (.92, 1.16, 2.2), turn=14)
    p.tube('white', (.1, top - .02, 1.6), (.1, top, 1.6), .05, sides=8)
    p.tube('black', (.1, top - .32, 1.6), (.1, top, 1.6), .006, sides=4, caps=False)
    p.tube('lamp', (.1, top - .48, 1.6), (.1, top - .30, 1.6), .16, .09, sides=10)
    p.box('white', (x1 - .03, 1.3, 3.9), (x1, 1.38, 3.98))
    p.mark('bystander', -.35, -3.6)
    p.mark('colleague', -.55, 3.4)
    p.mark('exit', -.05, far - .3, turn=0)
    p.mark('exit', -.2, back - .2, turn=180)
    p.mark('exit', x0 - .1, 3.62, turn=-90)
    p.mark('exit', 1.2, 2.3, turn=180)
    p.mark('seat', 1.15, 1.75, .41, -20)
    return p


def control_room():
    """A force control room: rows of desks with screens, a wall of screens, the supervisor's desk; by day blinds glow, by night the screens do."""
    p = Set()
    common(p, desk=(.62, .60, .56), panel=(.25, .29, .34), chair=(.10, .13, .18), chair_b=(.16, .22, .30), bezel=(.03, .03, .035), phone=(.06, .06, .07), mug_a=(.62, .20, .14), mug_b=(.20, .36, .48),
           paper=(.88, .87, .83), leaf=(.40, .29, .19), frame=(.60, .60, .57), bin=(.20, .22, .24), plant=(.11, .25, .10), pot=(.30, .30, .30), shirt=(.80, .81, .82), blind=(.66, .65, .60), cold=(.70, .72, .74))
    r = np.random.default_rng(5)

    def log_screen(seed):
        r = np.random.default_rng(seed)
        a = blank(96, 56, (.03, .05, .09))
        a[:6] = (.10, .22, .40)
        for y in range(10, 54, 5):
            c = [(.55, .62, .66), (.55, .62, .66), (.70, .55, .16), (.60, .22, .20), (.25, .50, .34)][r.integers(0, 5)]
            a[y:y + 2, 3:3 + int(r.integers(8, 14))] = c
            a[y:y + 2, 20:20 + int(r.integers(14, 40))] = (.50, .55, .60)
            a[y:y + 2, 68:68 + int(r.integers(6, 24))] = (.40, .45, .50)
        return a

    def map_screen(seed, w=96, h=56):
        r = np.random.default_rng(seed)
        a = blank(w, h, (.16, .20, .18))
        for _ in range(9):
            x, y = r.integers(0, w), r.integers(0, h)
            a[max(0, y - 6):y + 7, max(0, x - 9):x + 10] = np.array((.14, .24, .15)) * r.uniform(.8, 1.2)
        v, u = np.mgrid[0:h, 0:w]
        for k in range(9):
            d = np.abs(u * np.cos(k * 1.3) + v * np.sin(k * 1.3) - r.uniform(0, w * .8) + 2.5 * np.sin(v * .2 + k))
            a[d < (1.1 if k % 3 else 1.9)] = (.42, .42, .36) if k % 3 else (.55, .44, .22)
        for _ in range(7):
            x, y = int(r.integers(6, w - 6)), int(r.integers(6, h - 6))
            a[y - 2:y + 2, x - 2:x + 2] = [(.85, .20, .16), (.20, .62, .90), (.25, .80, .38)][r.integers(0, 3)]
        return a

    wide = np.concatenate([np.concatenate([map_screen(21), log_screen(22), map_screen(23)], 1),
                           np.concatenate([log_screen(24), map_screen(25), log_screen(26)], 1)], 0)
    for k in (96, 192):
        wide[:, k - 1:k + 1] = .01
    wide[55:57] = .01
    wide[7:24, 98:191] = .02
    write(wide, 'Calls waiting 7', 100, 9, 11, (.95, .85, .45))
    screens = np.zeros((168, 288, 3), 'f4')
    screens[:112] = wide
    screens[112:, :96], screens[112:, 96:192], screens[112:, 192:] = log_screen(31), map_screen(32), log_screen(33)
    p.glow('screens', (1.45, 1.45, 1.5), screens)

    def screen(uv, a, b, c, d):
        n = np.cross(np.subtract(b, a), np.subtract(d, a))
        u0, v0, u1, v1 = uv
        p.faces('screens', [a, b, c, d], [(n / np.linalg.norm(n)).tolist()] * 4, [(u0, v1), (u1, v1), (u1, v0), (u0, v0)], [(0, 1, 2), (0, 2, 3)])

    SMALL = [(k / 3 + .003, 2 / 3 + .004, (k + 1) / 3 - .003, .998) for k in range(3)]
    p.picture('thrive', sign('Threat  Harm  Risk\nInvestigation\nVulnerability\nEngagement', 144, 96, (.14, .22, .36), (.95, .95, .93), 15))
    p.picture('wellbeing', poster(72, 100, 'Peer support', (.40, .20, .40), 12, words='Ask any\nsupervisor.'))
    p.picture('rota', board(150, 100, (.42, .42, .40), [(8, 8, poster(60, 80, 'Shift C', (.2, .3, .45), 7)), (78, 10, poster(60, 46, 'Cake: Friday', (.62, .32, .10), 8))], 4))
    p.picture('quiet', sign('Quiet room', 112, 30, (.14, .22, .36), (.95, .95, .93), 16))
    p.picture('keys', np.kron((np.indices((5, 15)).sum(0) % 2 * .03 + .10)[..., None] * np.ones(3), np.ones((3, 3, 1))))
    p.material('floor', (1, 1, 1), .95, image=carpet((.20, .23, .27)))
    p.material('wall', (.72, .75, .77), .9)
    p.material('ceiling', (.66, .66, .64), .95, image=grid())
    p.glow('tube', (1.35, 1.37, 1.33))
    p.glow('daylight', (.55, .60, .66))
    exit_glow(p)
    x0, x1, back, far, top = -4.6, 4.4, -6.4, 11.2, 2.75
    p.quad('floor', (x0, 0, far), (x1, 0, far), (x1, 0, back), (x0, 0, back), .7)
    p.quad('ceiling', (x0, top, back), (x1, top, back), (x1, top, far), (x0, top, far), 1.2)
    bands = [('wall', 0, top, 1)]
    for a, b in (((x0, back), (x1, back)), ((x0, far), (x0, back)), ((x1, back), (x1, far)), ((x1, far), (x0, far))):
        wall(p, a, b, top, bands, (), 'panel')
    # the wall of screens behind the subject
    with p.at(0, back):
        p.box('bezel', (-2.35, .95, 0), (2.35, 2.55, .10), skip='-z')
        screen((0, 0, 1, 2 / 3), (-2.30, 1.0, .102), (2.30, 1.0, .102), (2.30, 2.5, .102), (-2.30, 2.5, .102))
    with p.at(-3.5, back):
        picture(p, 'thrive', 0, 1.75, 1.05, .70, .015, 'white')
    with p.at(3.4, back):
        picture(p, 'rota', 0, 1.6, 1.3, .86, .02)

    def desk(x, z, turn, monitors=3, seed=0, chair=0.):
        """A workstation, its user's side towards its +Z."""
        r = np.random.default_rng(seed)
        with p.at(x, z, turn):
            p.box('desk', (-.85, .70, -.40), (.85, .735, .40))
            p.box('panel', (-.87, .06, -.44), (.87, 1.05, -.40))
            for s in (-.80, .80):
                p.box('cold', (s - .025, 0, -.36), (s + .025, .70, .30), skip='+y -y')
            for k in range(monitors):
                with p.at((k - (monitors - 1) / 2) * .54, -.16 - .0 * k, (1 - k) * 14 if monitors == 3 else 0):
                    p.box('bezel', (-.255, .90, -.03), (.255, 1.235, -.005))
                    screen(SMALL[(k + seed) % 3], (-.24, .915, -.004), (.24, .915, -.004), (.24, 1.22, -.004), (-.24, 1.22, -.004))
                    p.box('bezel', (-.03, .735, -.05), (.03, .95, -.03), skip='-y')
                    p.box('bezel', (-.11, .735, -.10), (.11, .745, .06), skip='-y')
            p.quad('keys', (-.22, .742, .26), (.22, .742, .26), (.22, .746, .10), (-.22, .746, .10), stretch=(1, 1))
            p.box('phone', (.42, .735, .02), (.60, .78, .20), turn=10)
            p.box('paper', (-.62, .735, .0), (-.41, .74, .26), turn=r.uniform(-20, 20))
            c = ('mug_a', 'mug_b')[seed % 2]
            p.tube(c, (.70, .735, .1), (.70, .83, .1), .04, sides=8)
            p.soft(-1.0, -.5, 1.0, .5)
            with p.at(r.uniform(-.1, .15), .75 + chair, 180 + r.uniform(-30, 30)):
                office_chair(p, ('chair', 'chair_b')[seed % 2])

    # own desk: the subject has pushed back from it and faces the officer
    desk(-1.75, -.55, 90, 3, 0, .30)
    for x, z, turn, seed in ((-2.65, -.55, -90, 1), (-1.75, -2.75, 90, 2), (-2.65, -2.75, -90, 3), (1.95, -2.75, -90, 4), (3.2, -4.9, 0, 5), (-1.75, 2.0, 90, 6), (-2.65, 2.0, -90, 7),
                             (2.35, 3.2, -90, 8), (2.35, 5.6, -90, 9), (-3.0, 5.3, -90, 10)):
        desk(x, z, turn, 3 if seed % 3 else 2, seed)
    # windows with blinds along the right wall
    for z in (-3.4, .4, 4.2):
        with p.at(x1, z, -90):
            p.quad('daylight', (-1.4, .95, .01), (1.4, .95, .01), (1.4, 2.25, .01), (-1.4, 2.25, .01))
            for y in np.arange(1.0, 2.25, .125):
                p.quad('blind', (-1.4, y, .05), (1.4, y, .05), (1.4, y + .075, .025), (-1.4, y + .075, .025))
            for x in (-1.42, 1.38):
                p.box('white', (x, .9, .0), (x + .05, 2.3, .07), skip='-z')
            p.box('white', (-1.45, .88, 0), (1.45, .94, .14), skip='-z')
            p.box('white', (-1.42, 2.25, 0), (1.42, 2.32, .08), skip='-z')
            radiator(p, 1.6, .12, .66)
    # doors behind the officer: out, and the quiet room on the left
    with p.at(.4, far, 180):
        door(p, 'leaf', 'frame', 1.0, 2.05, pane=(.10, .30, 1.05, 1.75), kick='chrome', plate='chrome', closer=True)
    running_exit(p, .4, 2.36, far - .06, 180, .02)
    with p.at(x0, 8.3, 90):
        door(p, 'leaf', 'frame', .9, 2.05, pane=(.06, .24, 1.05, 1.75), plate='chrome', closer=True, sign=('quiet', .5, .135, 1.58, .80))
    with p.at(-1.7, far, 180):
        picture(p, 'wellbeing', 0, 1.5, .46, .64)
    with p.at(1.9, far, 180):
        p.box('cold', (-.5, 0, 0), (.5, 1.25, .42), skip='-y -z')
        p.box('paper', (-.3, 1.25, .05), (.0, 1.33, .3), turn=8)
        for y in (.42, .84):
            p.box('black', (-.49, y, .42), (.49, y + .008, .424))
    with p.at(3.6, far - .5, 200):
        p.tube('pot', (0, 0, 0), (0, .34, 0), .15, .18, sides=9)
        for k in range(7):
            t = k * .9
            p.quad('plant', (.03, .34, 0), (-.03, .34, 0), (.22 * np.sin(t) - .05, 1.0 + .1 * (k % 3), .22 * np.cos(t)), (.22 * np.sin(t) + .05, .98, .22 * np.cos(t)))
            p.quad('plant', (-.03, .34, 0), (.03, .34, 0), (.22 * np.sin(t) + .05, .98, .22 * np.cos(t)), (.22 * np.sin(t) - .05, 1.0 + .1 * (k % 3), .22 * np.cos(t)))
    with p.at(-.05, far - .35, 180):
        bin_(p, 'bin', 'black', .3, .34, .26)
    for x in (-2.3, 2.2):
        tubes(p, x, (-4.2, -1.2, 1.8, 4.8, 7.8), top, .6, .6)
    tubes(p, .3, (1.4,), top, .6, .6)
    p.mark('bystander', 1.6, -1.5)
    p.mark('bystander', -1.9, 3.9)
    p.mark('colleague', 1.15, 2.3)
    p.mark('exit', .4, far - .3, turn=0)
    p.mark('exit', x0 + .3, 8.3, turn=-90)
    p.mark('seat', -.70, -.5, .52, 35)
    p.mark('seat', -1.0, 2.0, .52, -90)
    return p



def ward_corridor():
    """A corridor of an acute ward: handrails, bays and side rooms, the nurses' station on the left, a quiet room, double doors at both ends."""
    p = Set()
    common(p, rail=(.36, .50, .58), bump=(.50, .62, .66), leaf=(.66, .56, .40), frame=(.72, .71, .68), desk=(.70, .66, .58), top=(.86, .86, .83), sheet=(.80, .84, .86), bed=(.62, .65, .66), curtain=(.42, .58, .60),
           curtain_b=(.37, .53, .56), trolley=(.66, .68, .69), blue=(.10, .30, .56), yellow=(.84, .70, .14), gel=(.84, .86, .88), chair=(.30, .44, .50), bag=(.76, .76, .30), cup=(.86, .86, .82), bezel=(.03, .03, .035))
    nhs = (.02, .30, .60)
    p.picture('ward', sign('Ward 4', 128, 40, nhs, (1, 1, 1), 24))
    p.picture('way', write(sign('', 192, 72, nhs, (1, 1, 1), 18), 'Nurses station\nQuiet room\nWay out', 12, 5, 17, (1, 1, 1), 1))
    for k, text in enumerate(('Bay A', 'Side room 2', 'Quiet room', 'Staff only', 'Shower')):
        p.picture(f'sign{k}', sign(text, 112, 30, nhs if k < 4 else (.30, .32, .36), (1, 1, 1), 17))
    p.picture('hands', poster(72, 100, 'Clean hands', (.10, .50, .60), 12))
    p.picture('visit', poster(72, 100, 'Visiting', (.30, .45, .20), 15, words='2 to 4\n6 to 8'))
    p.picture('advocate', poster(72, 100, 'Your rights\nAdvocacy', (.46, .22, .46), 18))
    p.picture('board', board(190, 110, (.80, .82, .84), [(8, 10, poster(60, 90, 'Our team', (.02, .3, .6), 7)), (76, 10, poster(52, 66, 'Today', (.5, .32, .1), 8)), (134, 14, poster(48, 60, 'Thank you', (.6, .2, .35), 9)), (78, 82, poster(96, 22, 'Garden group', (.2, .45, .25), 11))], 4, (.55, .56, .57)))
    p.picture('clock', clock_face(20, 20))
    p.material('floor', (1, 1, 1), .35, image=vinyl((.52, .58, .60)))
    p.material('wall', (.82, .83, .80), .9)
    p.material('dado', (.62, .74, .74), .8)
    p.material('ceiling', (.80, .80, .78), .95, image=grid())
    p.glow('tube', (1.6, 1.62, 1.58))
    p.glow('daylight', (.70, .78, .88))
    p.glow('screens', (.35, .50, .62))
    exit_glow(p)
    x0, x1, back, far, top = -1.25, 1.35, -10.5, 11.5, 2.55
    p.quad('floor', (x0 - 2.6, 0, far), (x1 + 2.8, 0, far), (x1 + 2.8, 0, back), (x0 - 2.6, 0, back), 1.4)
    p.quad('ceiling', (x0 - 2.6, top, back), (x1 + 2.8, top, back), (x1 + 2.8, top, far), (x0 - 2.6, top, far), 1.2)
    bands = [('dado', 0, 1.0, 1), ('wall', 1.0, top, 1)]
    # left: station recess from z = -2.8 to -6.2 ; right: a bay open from z = -3.4 to -5.6
    wall(p, (x0, far), (x0, -2.4), top, bands, (), 'rail')
    wall(p, (x0, -6.4), (x0, back), top, bands, (), 'rail')
    wall(p, (x0 - 2.2, -2.4), (x0 - 2.2, -6.4), top, bands, (), 'rail')
    wall(p, (x0, -2.4), (x0 - 2.2, -2.4), top, bands)
    wall(p, (x0 - 2.2, -6.4), (x0, -6.4), top, bands)
    wall(p, (x1, back), (x1, -5.8), top, bands, (), 'rail')
    wall(p, (x1, -3.2), (x1, far), top, bands, (), 'rail')
    wall(p, (x1, -5.8), (x1 + 2.6, -5.8), top, bands)
    wall(p, (x1 + 2.6, -5.8), (x1 + 2.6, -3.2), top, bands)
    wall(p, (x1 + 2.6, -3.2), (x1, -3.2), top, bands)
    wall(p, (x0, back), (x1, back), top, bands)
    wall(p, (x1, far), (x0, far), top, bands)
    for x, turn, runs in ((x0, 90, ((10.9, 8.1), (6.6, 4.4), (3.1, -2.3), (-6.5, -8.0))), (x1, -90, ((10.9, 6.3), (4.8, 2.0), (.5, -3.1), (-5.9, -10.3)))):
        for a, b in runs:
            with p.at(x, a if turn > 0 else b, turn):
                handrail(p, a - b, 'rail')
                p.box('bump', (0, .22, 0), (a - b, .36, .02), skip='-z')
    # doors
    for x, z, turn, name in ((x0, 7.4, 90, 'sign1'), (x0, 3.75, 90, 'sign2'), (x1, 5.55, -90, 'sign4'), (x1, 1.25, -90, 'sign3'), (x0, -8.75, 90, 'sign1')):
        with p.at(x, z, turn):
            door(p, 'leaf', 'frame', 1.1, 2.05, pane=(.12, .34, 1.0, 1.75), kick='chrome', plate='chrome', closer=True, sign=(name, .46, .125, 1.62, -.90))
    for z, turn, label in ((back, 0, 'ward'), (far, 180, 'ward')):
        with p.at((x0 + x1) / 2, z, turn):
            for s in (-1, 1):
                p.box('frame', (s * .98 - .05, 0, 0), (s * .98 + .05, 2.12, .04), skip='-y -z')
                p.quad('leaf', (min(s * .93, s * .01), .006, .014), (max(s * .93, s * .01), .006, .014), (max(s * .93, s * .01), 2.05, .014), (min(s * .93, s * .01), 2.05, .014))
                p.box('frame', (s * .30 - .15, .92, .014), (s * .30 + .15, 1.80, .02), skip='-z')
                p.quad('glass', (s * .30 - .11, .96, .022), (s * .30 + .11, .96, .022), (s * .30 + .11, 1.76, .022), (s * .30 - .11, 1.76, .022))
                p.quad('chrome', (min(s * .90, s * .04), .04, .018), (max(s * .90, s * .04), .04, .018), (max(s * .90, s * .04), .34, .018), (min(s * .90, s * .04), .34, .018))
                p.box('chrome', (s * .09 - .03, .96, .014), (s * .09 + .03, 1.26, .03), skip='-z')
            p.box('frame', (-1.03, 2.05, 0), (1.03, 2.13, .04), skip='-z')
            picture(p, label, 0, 2.31, .72, .225, .012)
            p.box('black', (1.12, 1.15, 0), (1.20, 1.28, .03), skip='-z')
        running_exit(p, .72 if turn else -.62, 2.31, z + (.05 if not turn else -.05), turn, .02)
    # signs that hang from the ceiling
    with p.at(.0, -6.7):
        p.box('blue', (-.62, 2.02, -.02), (.62, 2.46, .02))
        picture(p, 'way', 0, 2.24, 1.2, .42, .024)
        for s in (-.5, .5):
            p.box('chrome', (s - .005, 2.46, -.005), (s + .005, top, .005), skip='+y -y')
    # the nurses' station: counter along the corridor, screens, board behind
    with p.at(x0 - .05, -4.4, 90):
        p.box('desk', (-1.75, 0, -.40), (1.75, 1.06, -.02), skip='-y')
        p.box('top', (-1.80, 1.06, -.48), (1.80, 1.10, .06))
        p.box('blue', (-1.75, .0, -.02), (1.75, .12, -.01), skip='-y -z')
        for x in (-.9, .55):
            p.box('bezel', (x - .26, 1.16, -.40), (x + .26, 1.48, -.37))
            p.box('bezel', (x - .03, 1.10, -.40), (x + .03, 1.18, -.37))
            p.quad('screens', (x + .24, 1.18, -.41), (x - .24, 1.18, -.41), (x - .24, 1.46, -.41), (x + .24, 1.46, -.41))
        p.box('top', (1.1, 1.10, -.3), (1.4, 1.22, -.1), turn=10)
        p.tube('gel', (-.2, 1.10, -.12), (-.2, 1.26, -.12), .04, sides=8)
        p.soft(-1.9, -.6, 1.9, .4)
    with p.at(x0 - 2.2, -4.4, 90):
        picture(p, 'board', 0, 1.55, 1.7, .98, .02)
        clock(p, 'clock', 1.35, 2.1)
    with p.at(x0 - 1.3, -4.0, 70):
        office_chair(p, 'chair')
    # the bay on the right: a bed, a curtain, a window
    with p.at(x1 + 2.6, -4.5, -90):
        p.quad('daylight', (-.9, 1.0, .015), (.9, 1.0, .015), (.9, 2.1, .015), (-.9, 2.1, .015))
        for x in (-.95, -.02, .9):
            p.box('white', (x, .96, 0), (x + .05, 2.14, .05), skip='-z')
        p.box('white', (-.98, .93, 0), (.98, .98, .12), skip='-z')
        radiator(p, 1.2)
    with p.at(x1 + 1.35, -4.9, 90):
        p.box('bed', (-.42, .38, -.98), (.42, .46, .98))
        p.box('sheet', (-.44, .46, -.96), (.44, .58, .96))
        p.box('cup', (-.30, .58, -.92), (.30, .68, -.55))
        for z in (-.99, .99):
            p.box('leaf', (-.44, .42, z - .02), (.44, .95 if z < 0 else .72, z + .02))
        for x in (-.38, .38):
            for z in (-.85, .85):
                p.tube('black', (x - .02, .06, z), (x + .02, .06, z), .06, sides=8)
                p.box('bed', (x - .02, .1, z - .02), (x + .02, .38, z + .02), skip='-y +y')
        p.soft(-.6, -1.1, .6, 1.1)
    for k in range(9):
        z0, z1 = -3.34 - k * .085, -3.34 - (k + 1) * .085
        dx = .05 if k % 2 else 0
        p.quad('curtain' if k % 2 else 'curtain_b', (x1 + .16 + dx, .25, z0), (x1 + .16 + (.05 - dx), .25, z1), (x1 + .16 + (.05 - dx), 2.25, z1), (x1 + .16 + dx, 2.25, z0))
        p.quad('curtain' if k % 2 else 'curtain_b', (x1 + .16 + (.05 - dx), .25, z1), (x1 + .16 + dx, .25, z0), (x1 + .16 + dx, 2.25, z0), (x1 + .16 + (.05 - dx), 2.25, z1))
    p.box('chrome', (x1 + .15, 2.25, -5.7), (x1 + .2, 2.28, -3.25))
    # on the walls and floor: posters, gel, chairs, a trolley, cups thrown down
    with p.at(x1, -1.3, -90):
        picture(p, 'advocate', 0, 1.58, .46, .64)
    with p.at(x0, .9, 90):
        picture(p, 'hands', -.6, 1.58, .46, .64)
        picture(p, 'visit', 0, 1.58, .46, .64)
        p.box('gel', (.42, 1.20, 0), (.54, 1.46, .09), skip='-z')
    with p.at(x1, 3.4, -90):
        extinguisher(p)
        picture(p, 'hands', .6, 1.58, .46, .64)
    for z in (9.9, 9.3):
        with p.at(x1 - .07, z, -90):
            plastic_chair(p, 'chair')
    with p.at(x0 + .30, 9.6, 90):
        for y in (.30, .62, .95):
            p.box('trolley', (-.40, y - .02, -.24), (.40, y, .24))
        for x in (-.39, .39):
            for z in (-.22, .22):
                p.box('chrome', (x - .012, .08, z - .012), (x + .012, 1.02, z + .012))
        p.box('bag', (-.34, .62, -.18), (-.02, .80, .16))
        p.box('sheet', (.05, .62, -.2), (.36, .86, .2))
        p.box('gel', (-.3, .95, -.1), (-.2, 1.08, .0))
        p.soft(-.5, -.3, .5, .4)
    for x, z, t in ((-.72, .55, 40), (.55, 1.35, 120), (.82, -.45, 10), (-.4, 1.9, 75)):
        with p.at(x, z, t):
            p.tube('cup', (-.04, .032, 0), (.05, .03, 0), .028, .036, sides=7)
    p.soft(.25, 1.05, .95, 1.75)
    tubes(p, .05, (-8.6, -5.4, -2.3 + .9, 2.1, 5.3, 8.6), top, 1.2, .6)
    p.mark('bystander', -.75, -2.7)
    p.mark('bystander', .80, -4.2)
    p.mark('colleague', -.75, 2.9)
    p.mark('exit', .05, far - .3, turn=0)
    p.mark('exit', .05, back + .3, turn=180)
    p.mark('exit', x0 + .25, 3.75, turn=-90)
    p.mark('seat', x1 - .32, 9.3, .46, -90)
    p.mark('seat', x1 - .32, 9.9, .46, -90)
    return p


def cluttered_hallway():
    """The hall of a terrace, full to the shoulders: newspapers, boxes, bicycle frames and wheels, one narrow way through; the front door stands open behind the officer."""
    p = Set()
    r = np.random.default_rng(21)
    common(p, frame=(.62, .56, .46), paper_a=(.72, .69, .60), paper_b=(.66, .62, .52), paper_c=(.76, .73, .66), card=(.54, .41, .27), card_b=(.48, .36, .23), card_c=(.60, .47, .32), tape=(.66, .58, .40), bike_a=(.14, .30, .44),
           bike_b=(.52, .12, .10), bike_c=(.62, .60, .20), tyre=(.05, .05, .052), steel=(.46, .47, .48), bag=(.10, .10, .12), bag_b=(.20, .26, .36), wood=(.30, .20, .12), cloth=(.40, .24, .26), tin=(.50, .46, .30),
           book_a=(.36, .14, .12), book_b=(.14, .24, .30), book_c=(.30, .30, .16), leaf=(.38, .16, .14), dim=(.13, .11, .09), pane=(.50, .52, .48))
    def bundle():
        a = blank(48, 48, (.70, .67, .58))
        for y in range(48):
            a[y] *= r.uniform(.78, 1.06)
        a[:, 22:24] *= .55
        return a
    def carton(text, tone):
        a = blank(64, 48, tone) * (1 + .03 * r.standard_normal((48, 64, 1)))
        a[:, 29:35] = np.array(tone) * 1.18 + .03
        write(a, text, 6, 8, 12, (.16, .12, .10))
        return a
    for k in range(2):
        p.picture(f'bundle{k}', bundle())
    for k, (text, tone) in enumerate((('Wheels', (.54, .41, .27)), ('Club 1998', (.50, .38, .25)), ("Jean's\nthings", (.58, .45, .30)), ('Maps', (.47, .35, .22)))):
        p.picture(f'carton{k}', carton(text, tone))
    p.picture('club', poster(72, 96, 'Hill climb\nSunday 9 am', (.12, .30, .20), 3))
    photo = blank(48, 40, (.22, .16, .10))
    photo[4:36, 4:44] = (.62, .60, .52)
    photo[18:36, 10:22], photo[18:36, 26:38] = (.20, .34, .46), (.60, .24, .22)
    photo[9:18, 13:20], photo[9:18, 29:36] = (.72, .56, .46), (.74, .58, .48)
    p.picture('photo', photo)
    paper = blank(96, 96, (.60, .53, .40))
    v, u = np.mgrid[0:96, 0:96]
    paper *= (1 + .05 * np.sin(u / 96 * 2 * np.pi * 8) + .05 * (np.hypot(u % 24 - 12, v % 24 - 12) < 5))[..., None]
    p.material('wall', (.92, .90, .84), .95, image=paper)
    p.material('floor', (.75, .70, .66), .8, tile='wood')
    p.material('ceiling', (.55, .52, .46), .95)
    p.glow('daylight', (.78, .84, .90))
    p.glow('lamp', (1.0, .72, .40))
    x0, x1, back, far, top = -1.15, 1.15, -5.8, 5.2, 2.6
    p.quad('floor', (x0, 0, far), (x1, 0, far), (x1, 0, back), (x0, 0, back), 1.0)
    p.quad('ceiling', (x0, top, back), (x1, top, back), (x1, top, far), (x0, top, far), 2)
    bands = [('wall', 0, top, .9)]
    wall(p, (x0, far), (x0, back), top, bands, (), 'wood')
    wall(p, (x1, back), (x1, far), top, bands, (), 'wood')
    wall(p, (x0, back), (x1, back), top, bands, [(.55, 1.4, 0, 2.0)], 'wood')
    # back room through a doorway: dim, a window behind piles
    p.quad('dim', (x0, 0, back - 2.6), (x1, 0, back - 2.6), (x1, top, back - 2.6), (x0, top, back - 2.6))
    p.quad('dim', (x0, 0, back), (x0, 0, back - 2.6), (x0, top, back - 2.6), (x0, top, back))
    p.quad('dim', (x1, 0, back - 2.6), (x1, 0, back), (x1, top, back), (x1, top, back - 2.6))
    p.quad('floor', (x0, .0, back), (x1, .0, back), (x1, .0, back - 2.6), (x0, .0, back - 2.6), 1.0)
    p.quad('daylight', (-.55, 1.15, back - 2.58), (.3, 1.15, back - 2.58), (.3, 2.0, back - 2.58), (-.55, 2.0, back - 2.58))
    p.box('frame', (-.16, 1.15, back - 2.58), (-.10, 2.0, back - 2.54), skip='-z')
    for x in (x0 + .48, x0 + 1.40):
        p.box('frame', (x, 0, back - .1), (x + .07, 2.07, back + .03), skip='-y')
    p.box('frame', (x0 + .48, 2.0, back - .1), (x0 + 1.47, 2.07, back + .03))

    def pile(x, z, turn, kinds, w=.42, d=.34):
        """Things on top of each other, each a little askew."""
        y = 0.
        with p.at(x, z, turn):
            for kind in kinds:
                with p.at(r.uniform(-.03, .03), r.uniform(-.03, .03), r.uniform(-7, 7), y):
                    if kind == 'news':
                        h = r.uniform(.16, .26)
                        p.box(('paper_a', 'paper_b', 'paper_c')[int(r.integers(0, 3))], (-w / 2, 0, -d / 2), (w / 2, h, d / 2), skip='-y -z')
                        p.quad(f'bundle{int(r.integers(0, 2))}', (-w / 2, 0, d / 2 + .002), (w / 2, 0, d / 2 + .002), (w / 2, h, d / 2 + .002), (-w / 2, h, d / 2 + .002), stretch=(1, 1))
                    elif kind == 'box':
                        h = r.uniform(.28, .38)
                        p.box(('card', 'card_b', 'card_c')[int(r.integers(0, 3))], (-w / 2 - .02, 0, -d / 2 - .02), (w / 2 + .02, h, d / 2 + .02), skip='-y -z')
                        p.quad(f'carton{int(r.integers(0, 4))}', (-w / 2 - .02, 0, d / 2 + .022), (w / 2 + .02, 0, d / 2 + .022), (w / 2 + .02, h, d / 2 + .022), (-w / 2 - .02, h, d / 2 + .022), stretch=(1, 1))
                    elif kind == 'books':
                        h = 0.
                        for k in range(5):
                            t = r.uniform(.03, .05)
                            p.box(('book_a', 'book_b', 'book_c')[k % 3], (-w * .4, h, -d * .38), (w * .4, h + t, d * .38), turn=r.uniform(-8, 8), skip='-y')
                            h += t
                    else:
                        h = r.uniform(.24, .32)
                        p.box('bag' if r.random() < .6 else 'bag_b', (-w / 2, 0, -d / 2), (w / 2, h, d / 2), skip='-y', turn=r.uniform(-12, 12))
                y += h
            p.soft(-w * .8, -d * .8, w * .8, d * 1.1)

    kinds = (('news', 'news', 'box', 'books'), ('box', 'box', 'news'), ('news', 'news', 'news', 'news'), ('box', 'bag', 'news'), ('box', 'news', 'box'), ('news', 'box', 'bag'))
    z, k = far - .7, 0
    while z > back + .2:                       # left side: solid
        pile(x0 + .24, z, 90, (*kinds[k % 6], 'news') if k % 3 else kinds[k % 6], r.uniform(.40, .52), r.uniform(.32, .42))
        z -= r.uniform(.50, .58)
        k += 1
    z = far - 2.2
    while z > back + .2:                       # right side: lower, with the bicycles
        if not -.3 < z < 2.4:
            pile(x1 - .24, z, -90, kinds[(k + 2) % 6][:3], r.uniform(.40, .52), r.uniform(.30, .38))
        z -= r.uniform(.52, .62)
        k += 1
    for z in (-1.6, -3.2, -4.4):               # a second row, further in, leaves one narrow way
        pile(x0 + .66, z, 100, ('box', 'news') if z > -3 else ('news', 'box', 'news'), .36, .30)
    pile(.45, back + .55, -80, ('box', 'news', 'news'), .40, .34)
    # bicycles against the right wall
    for n, (zc, color) in enumerate(((1.15, 'bike_a'), (.85, 'bike_b'))):
        bx, lean = x1 - .12 - n * .20, .10
        for dz in (-.52, .52):
            p.ring('tyre', (bx + lean * .3, .335, zc + dz), (1, lean, 0), .315, .018, 20, 4)
            for q in range(5):
                t = np.pi * q / 5
                p.tube('steel', (bx + lean * .3, .335 + .30 * np.sin(t), zc + dz + .30 * np.cos(t)), (bx + lean * .3, .335 - .30 * np.sin(t), zc + dz - .30 * np.cos(t)), .003, sides=3, caps=False)
        at = lambda y, dz: (bx + lean * y - .03, y, zc + dz)
        for a, b in (((.335, -.52), (.30, -.08)), ((.30, -.08), (.84, -.20)), ((.335, -.52), (.78, -.19)), ((.30, -.08), (.72, .36)), ((.80, -.18), (.80, .36)), ((.88, .34), (.335, .52))):
            p.tube(color, at(*a), at(*b), .016, sides=6)
        p.box('black', (bx + lean * .9 - .09, .86, zc - .34), (bx + lean * .9 + .05, .90, zc - .08))
        p.tube('black', (bx - .16, .92, zc + .36), (bx + .10, .92, zc + .36), .014, sides=5)
    for q, (z, y) in enumerate(((-.55, 1.55), (.05, 1.62), (2.0, 1.50))):      # wheels on hooks
        p.ring('tyre', (x1 - .05, y, z), (1, .05, 0), .30, .016, 20, 4)
        p.ring('steel', (x1 - .05, y, z), (1, .05, 0), .27, .008, 18, 4)
        p.tube('steel', (x1 - .08, y, z), (x1 - .02, y, z), .025, sides=6)
    with p.at(x0, .4, 90):
        picture(p, 'photo', 0, 1.86, .34, .28, .02)
    with p.at(x1, -1.35, -90):
        picture(p, 'club', 0, 1.72, .40, .54)
    with p.at(x0, -2.0, 90):
        picture(p, 'photo', 0, 1.95, .28, .23, .02)
    p.box('cloth', (.52, 1.05, -2.9), (.98, 1.12, -2.5), turn=10)
    p.tube('black', (0, top - .34, .9), (0, top, .9), .006, sides=4, caps=False)
    p.tube('lamp', (0, top - .46, .9), (0, top - .34, .9), .10, .05, sides=8)
    # letters on the floor, the front door open behind the officer, daylight and the street
    for k in range(9):
        x, z = r.uniform(-.45, .5), far - r.uniform(.2, 1.1)
        p.box('paper_c', (x - .11, .002 + k * .002, z - .06), (x + .11, .006 + k * .002, z + .06), turn=r.uniform(0, 180), skip='-y')
    wall(p, (x1, far), (x0, far), top, bands, [(.70, 1.62, 0, 2.35)], 'wood')
    for x in (-.54, .45):
        p.box('frame', (x, 0, far - .03), (x + .07, 2.40, far + .12), skip='-y')
    p.box('frame', (-.54, 2.02, far - .02), (.52, 2.08, far + .1))
    p.box('frame', (-.54, 2.35, far - .03), (.52, 2.42, far + .12))
    with p.hinged('door', .45, far - .02, -96), p.at(.45, far - .02):
        p.box('leaf', (-.90, .01, -.04), (0, 2.0, 0))
        for a, b in ((-.80, -.50), (-.40, -.10)):
            p.box('leaf', (a, .2, -.052), (b, .9, -.04), skip='+z')
            p.box('pane', (a, 1.08, -.046), (b, 1.85, -.04), skip='+z')
        p.box('chrome', (-.84, .98, -.07), (-.80, 1.08, -.04))
    street(p, far)
    for a, b, lo, hi in ((-3.2, -.54, -.14, 5.2), (.52, 3.2, -.14, 5.2), (-.54, .52, 2.42, 5.2)):     # the front of the house, for whoever stands outside
        p.quad('brickwork', (a, lo, far + .11), (b, lo, far + .11), (b, hi, far + .11), (a, hi, far + .11))
    p.box('trim', (1.05, .85, far + .11), (2.65, 2.3, far + .14), skip='-z')
    p.quad('sash', (1.13, .93, far + .145), (2.57, .93, far + .145), (2.57, 2.22, far + .145), (1.13, 2.22, far + .145))
    p.box('trim', (1.13, 1.55, far + .14), (2.57, 1.61, far + .16), skip='-z')
    p.box('path', (.95, .75, far + .11), (2.75, .85, far + .24), skip='-z')
    p.mark('bystander', -.05, -3.7)
    p.mark('colleague', .55, 4.1)
    p.mark('exit', -.03, far + .2, turn=0)
    p.mark('exit', -.15, back + .2, turn=180)
    return p


def street(p, z):
    """What one sees through an open front door: a path, a low wall, houses across the road."""
    p.swatches(path=(.42, .41, .38), tarmac=(.17, .17, .175), brickwork=(.36, .20, .15), slate=(.20, .20, .22), hedge_=(.12, .21, .09), sash=(.10, .12, .15), trim=(.74, .73, .69))
    p.glow('outside', (.62, .74, .90))
    p.quad('path', (-7, -.14, z + 9), (7, -.14, z + 9), (7, -.14, z + .1), (-7, -.14, z + .1))
    p.box('path', (-.7, -.14, z + .1), (.65, -.01, z + .7))
    p.quad('tarmac', (-14, -.2, z + 11.5), (14, -.2, z + 11.5), (14, -.135, z + 4.4), (-14, -.135, z + 4.4))
    for x in (-4.6, .8):
        p.box('brickwork', (x, -.14, z + 2.3), (x + 3.8, .62, z + 2.5), skip='-y')
        p.box('hedge_', (x, .62, z + 2.22), (x + 3.8, 1.15, z + 2.6), skip='-y')
    for k in range(-2, 3):
        x = k * 4.2
        with p.at(x, z + 13.5, 180):
            p.box('brickwork', (-2.1, -.2, -4), (2.1, 5.2, 0), skip='-y -z +y')
            p.quad('slate', (-2.1, 5.1, .25), (2.1, 5.1, .25), (2.1, 7.0, -3), (-2.1, 7.0, -3))
            p.box('brickwork', (1.5, 6.2, -3.2), (2.1, 7.9, -2.6), skip='-y')
            for wx, wy, ww, wh in ((-.7, .8, 1.3, 1.5), (-.7, 3.2, 1.1, 1.4), (1.1, 3.2, .9, 1.4)):
                p.box('trim', (wx - ww / 2 - .08, wy - .1, 0), (wx + ww / 2 + .08, wy + wh + .08, .03), skip='-z')
                p.quad('sash', (wx - ww / 2, wy, .04), (wx + ww / 2, wy, .04), (wx + ww / 2, wy + wh, .04), (wx - ww / 2, wy + wh, .04))
                p.box('trim', (wx - ww / 2, wy + wh / 2 - .03, .04), (wx + ww / 2, wy + wh / 2 + .03, .06), skip='-z')
            p.box('leaf' if k % 2 else 'trim', (.75, -.1, 0), (1.6, 2.0, .03), skip='-z -y')
    p.quad('outside', (25, -.3, z + 20), (-25, -.3, z + 20), (-25, 20, z + 20), (25, 20, z + 20))



def school_corridor():
    """A secondary school's corridor by the third-floor toilets: lockers, display boards, classroom doors, a stair at the far end."""
    p = Set()
    common(p, leaf=(.20, .34, .50), frame=(.66, .66, .63), locker_top=(.20, .38, .42), steel=(.46, .47, .48), bin=(.20, .22, .24), binlid=(.62, .30, .10), skirt=(.14, .15, .17), bag_a=(.07, .08, .10), bag_b=(.44, .14, .22),
           chair=(.20, .32, .46), sash=(.74, .74, .71), rail=(.20, .34, .50), step=(.50, .50, .48), nosing=(.80, .70, .20), wood=(.56, .42, .26), toilet=(.86, .87, .86), cubicle=(.42, .30, .50), basin=(.88, .88, .86))
    def locker_door(n, color):
        a = blank(40, 96, color) * np.linspace(1.05, .85, 96)[:, None, None]
        a[:1], a[-1:], a[:, :1], a[:, -1:] = .10, .10, .10, .10
        for y in (9, 13, 17):
            a[y:y + 2, 11:29] = .10
        a[46:55, 30:34] = .6
        write(a, str(n), 20, 24, 10, (.92, .92, .88), 0, True)
        return a
    for k in range(4):
        p.picture(f'locker{k}', locker_door(301 + k, (.22, .42, .46) if k % 2 else (.24, .45, .49)))
    p.picture('girls', write(sign('Toilets', 112, 40, (.20, .34, .50), (1, 1, 1), 20), '', 0, 0, 10))
    p.picture('third', sign('Floor 3\nMaths  Geography', 128, 44, (.20, .34, .50), (1, 1, 1), 15))
    p.picture('m12', sign('M12', 56, 30, (.92, .92, .89), INK, 18))
    p.picture('quiet', sign('Walk on the left', 144, 30, (.92, .84, .35), INK, 16))
    sheets = [(8, 10, poster(56, 70, 'Volcanoes', (.62, .20, .12), 4)), (70, 8, poster(66, 52, 'Rivers', (.12, .36, .56), 5)), (142, 12, poster(56, 76, 'Our town', (.20, .42, .22), 6)), (72, 66, poster(62, 40, 'Glaciers', (.34, .52, .62), 7)), (204, 14, poster(44, 66, 'Maps', (.5, .36, .14), 9))]
    p.picture('work', board(256, 118, (.16, .30, .42), sheets, 3, (.86, .70, .25)))
    sheets = [(8, 8, poster(58, 76, 'Maths club', (.40, .20, .46), 14)), (74, 14, poster(50, 60, 'Pi day', (.14, .40, .40), 15)), (130, 8, poster(60, 80, 'Be kind\nonline', (.66, .26, .16), 16))]
    p.picture('work2', board(200, 100, (.36, .20, .40), sheets, 8, (.90, .88, .80)))
    p.picture('help', poster(72, 100, 'Worried?\nTalk to us', (.10, .42, .42), 11, words='Room S4\nany time'))
    p.picture('clock', clock_face(12, 35))
    p.material('floor', (1, 1, 1), .4, image=vinyl((.44, .43, .40), flecks=.8))
    p.material('wall', (.84, .83, .77), .9)
    p.material('dado', (.50, .62, .68), .7)
    p.material('ceiling', (.80, .80, .77), .95, image=grid())
    p.glow('tube', (1.6, 1.62, 1.58))
    p.glow('daylight', (.88, .93, 1.))
    exit_glow(p)
    x0, x1, back, far, top = -1.35, 1.45, -9.0, 11.5, 2.7
    p.quad('floor', (x0 - 2.8, 0, far), (x1, 0, far), (x1, 0, back), (x0 - 2.8, 0, back), 1.3)
    p.quad('ceiling', (x0 - 2.8, top, back), (x1, top, back), (x1, top, far), (x0 - 2.8, top, far), 1.2)
    bands = [('dado', 0, 1.05, 1), ('wall', 1.05, top, 1)]
    # left: the toilets' lobby opens at z = -.55 .. -1.75, behind and beside the subject
    t0, t1 = -.6, -1.75
    wall(p, (x0, far), (x0, t0), top, bands, (), 'skirt')
    wall(p, (x0, t1), (x0, back), top, bands, (), 'skirt')
    for z in (t0, t1 - .07):
        p.box('frame', (x0 - .12, 0, z), (x0 + .03, 2.12, z + .07), skip='-y')
    p.box('frame', (x0 - .12, 2.05, t1), (x0 + .03, 2.12, t0))
    p.quad('wall', (x0, 2.12, t0), (x0, 2.12, t1), (x0, top, t1), (x0, top, t0), 1)
    wall(p, (x0, t0), (x0 - 2.6, t0), top, [('toilet', 0, 1.5, 1), ('wall', 1.5, top, 1)])
    wall(p, (x0 - 2.6, t0), (x0 - 2.6, -4.2), top, [('toilet', 0, 1.5, 1), ('wall', 1.5, top, 1)])
    wall(p, (x0 - 2.6, -4.2), (x0, -4.2), top, [('toilet', 0, 1.5, 1), ('wall', 1.5, top, 1)])
    wall(p, (x0 - .12, -4.2), (x0 - .12, t1), top, [('toilet', 0, 1.5, 1), ('wall', 1.5, top, 1)])
    with p.at(x0 - 2.6, -2.5, 90):                       # cubicles, one shut
        for k in range(3):
            x = -1.35 + k * .95
            p.box('cubicle', (x, .15, .9), (x + .90, 2.0, .93))
            p.box('steel', (x + .90, 0, .88), (x + .95, 2.05, .95), skip='-y')
            p.box('red' if k == 1 else 'white', (x + .74, 1.0, .93), (x + .80, 1.06, .945), skip='-z')
    with p.at(x0 - .12, -3.0, -90):
        for x in (-.6, .1):
            p.box('basin', (x - .25, .76, 0), (x + .25, .86, .38))
            p.box('steel', (x - .015, .86, .05), (x + .015, .98, .16))
        p.quad('glass', (-.9, 1.1, .01), (.5, 1.1, .01), (.5, 1.8, .01), (-.9, 1.8, .01))
    with p.at(x0, t0 + .62, 90):
        picture(p, 'girls', 0, 1.66, .56, .20, .012)
    # right: windows high up over lockers, doors further on
    wall(p, (x1, back), (x1, far), top, bands, (), 'skirt')
    def lockers(n, seed):
        r = np.random.default_rng(seed)
        p.box('locker_top', (0, .08, 0), (n * .36, 1.72, .42), skip='-y -z +z')
        p.box('black', (0, 0, 0), (n * .36, .08, .38), skip='-y -z')
        for k in range(n):
            for y0, y1 in ((.08, .90), (.90, 1.72)):
                p.quad(f'locker{int(r.integers(0, 4))}', (k * .36 + .004, y0, .422), ((k + 1) * .36 - .004, y0, .422), ((k + 1) * .36 - .004, y1, .422), (k * .36 + .004, y1, .422), stretch=(1, 1))
        p.soft(-.1, .2, n * .36 + .1, .75)
    with p.at(x1, -6.6, -90):
        lockers(15, 3)
    with p.at(x1, 4.0, -90):
        lockers(11, 4)
    for z in (-4.2, 1.1 + .9):
        with p.at(x1, z, -90):
            p.quad('daylight', (-1.2, 1.86, .012), (1.2, 1.86, .012), (1.2, 2.52, .012), (-1.2, 2.52, .012))
            for x in (-1.24, -.42, .40, 1.2):
                p.box('sash', (x, 1.82, 0), (x + .05, 2.56, .05), skip='-z')
            for y in (1.80, 2.52):
                p.box('sash', (-1.24, y, 0), (1.25, y + .05, .06), skip='-z')
    with p.at(x1, .2 + 1.75, -90):
        radiator(p, 1.6)
    for x, z, turn in ((x1, 9.4, -90), (x0, 8.6, 90), (x0, 3.3, 90), (x1, -7.9, -90)):
        with p.at(x, z, turn):
            door(p, 'leaf', 'frame', .95, 2.05, pane=(.08, .30, .95, 1.78), kick='steel', plate='chrome', closer=True, sign=('m12', .22, .12, 1.62, -.72))
    with p.at(x0, 5.85, 90):
        picture(p, 'work', 0, 1.62, 2.6, 1.2, .02)
    with p.at(x0, 1.45, 90):
        picture(p, 'work2', 0, 1.62, 1.7, .85, .02)
        picture(p, 'help', 1.22 - .1, 1.62, .42, .58)
    with p.at(x0, -4.4, 90):
        picture(p, 'work', 0, 1.62, 2.6, 1.2, .02)
    with p.at(x0, -6.6, 90):
        extinguisher(p)
        picture(p, 'quiet', 0, 1.55, .8, .17)
    # the end behind the subject: doors to the stair, glazed
    wall(p, (x0, back), (x1, back), top, bands, [(.35, 2.45, 0, 2.12)])
    mid = x0 + 1.4
    with p.at(mid, back):
        for s in (-1, 1):
            for x in (.02, .90):
                p.box('leaf', (min(s * x, s * (x + .13)), .01, .0), (max(s * x, s * (x + .13)), 2.05, .05))
            for y0, y1 in ((.01, .32), (.95, 1.10), (1.95, 2.05)):
                p.box('leaf', (min(s * .15, s * .90), y0, .0), (max(s * .15, s * .90), y1, .05))
            p.box('steel', (s * .085 - .03, .98, .05), (s * .085 + .03, 1.25, .06), skip='-z')
        p.box('frame', (-1.12, 0, -.05), (-1.05, 2.12, .06), skip='-y')
        p.box('frame', (1.05, 0, -.05), (1.12, 2.12, .06), skip='-y')
        p.box('frame', (-1.12, 2.06, -.05), (1.12, 2.13, .06))
        picture(p, 'third', -.35, 2.38, .95, .33, .012)
    running_exit(p, mid + .72, 2.40, back + .05, 0, .02)
    sb = back - 3.4
    p.quad('floor', (x0, .0, back), (x1, .0, back), (x1, .0, sb), (x0, .0, sb), 1.3)
    wall(p, (x0, back), (x0, sb), top, bands)
    wall(p, (x1, sb), (x1, back), top, bands)
    p.quad('wall', (x0, 0, sb), (x1, 0, sb), (x1, top, sb), (x0, top, sb), 1)
    p.quad('daylight', (x0 + .5, 1.0, sb + .02), (x1 - .5, 1.0, sb + .02), (x1 - .5, 2.5, sb + .02), (x0 + .5, 2.5, sb + .02))
    for x in (x0 + .5, mid, x1 - .55):
        p.box('sash', (x, 1.0, sb + .02), (x + .05, 2.5, sb + .06), skip='-z')
    p.box('sash', (x0 + .45, .94, sb), (x1 - .45, 1.0, sb + .12), skip='-z')
    for k in range(7):
        p.box('step', (mid + .1, .165 * k, sb + 2.2 - (k + 1) * .28), (x1, .165 * (k + 1), sb + 2.2 - k * .28), skip='-y -z')
        p.box('nosing', (mid + .1, .165 * (k + 1) - .02, sb + 2.2 - k * .28 - .03), (x1, .165 * (k + 1) + .003, sb + 2.2 - k * .28 + .004), skip='-y -z')
    p.tube('rail', (mid + .08, .95, sb + 2.2), (mid + .08, .95 + 1.16, sb + .24), .03, sides=6)
    p.tube('rail', (mid + .08, 0, sb + 2.2), (mid + .08, .95, sb + 2.2), .03, sides=6)
    # the other end
    wall(p, (x1, far), (x0, far), top, bands, (), 'skirt')
    with p.at((x0 + x1) / 2, far, 180):
        for s in (-1, 1):
            p.quad('leaf', (min(s * .93, s * .01), .006, .014), (max(s * .93, s * .01), .006, .014), (max(s * .93, s * .01), 2.05, .014), (min(s * .93, s * .01), 2.05, .014))
            p.quad('glass', (s * .40 - .20, .95, .018), (s * .40 + .20, .95, .018), (s * .40 + .20, 1.82, .018), (s * .40 - .20, 1.82, .018))
            p.box('steel', (s * .09 - .03, .98, .014), (s * .09 + .03, 1.25, .026), skip='-z')
        for x in (-1.0, .94):
            p.box('frame', (x, 0, 0), (x + .06, 2.12, .04), skip='-y -z')
        p.box('frame', (-1.0, 2.05, 0), (1.0, 2.12, .04), skip='-z')
        clock(p, 'clock', -.62, 2.38)
    running_exit(p, -.35, 2.38, far - .06, 180, .02)
    # bags and a chair left where the lesson was interrupted
    for x, z, t, c in ((x0 + .22, .35, 20, 'bag_a'), (x0 + .25, .85, -15, 'bag_b'), (x1 - .70, 3.3, 30, 'bag_a')):
        with p.at(x, z, t):
            p.box(c, (-.15, 0, -.11), (.15, .40, .11), skip='-y')
            p.box('black', (-.12, .06, .11), (.12, .22, .15), skip='-y')
            p.tube('black', (-.05, .38, 0), (.05, .44, 0), .012, sides=4)
            p.soft(-.25, -.2, .25, .25)
    with p.at(x0 + .02, 4.55, 90):
        plastic_chair(p, 'chair')
    with p.at(x1, 8.4, -90):
        bin_(p, 'bin', 'binlid', .40, .80, .36)
    tubes(p, .05, (-7.2, -4.1, -1.0, 2.1, 5.2, 8.6), top, 1.5, .3)
    p.mark('bystander', .75, -1.9)
    p.mark('bystander', -.6, 5.9)
    p.mark('colleague', .62, 3.1)
    p.mark('exit', mid, back + .3, turn=180)
    p.mark('exit', .05, far - .3, turn=0)
    p.mark('exit', x0 - .2, -1.17, turn=-90)
    p.mark('seat', x0 + .28, 4.55, .46, 90)
    return p


def cell_corridor():
    """The cells of a custody suite: numbered doors with hatches, a bench in the wall, the desk at the far end, everything painted and hard."""
    p = Set()
    common(p, celldoor=(.30, .40, .46), frame=(.22, .29, .33), hatch=(.24, .32, .37), steel=(.44, .45, .46), bolt=(.56, .57, .58), desk=(.42, .44, .46), top=(.70, .68, .62), bench=(.50, .53, .54), mat=(.10, .22, .40), skirt=(.16, .20, .22),
           shoe=(.08, .08, .085), shoe_b=(.62, .60, .56), cup=(.86, .86, .82), blanket=(.24, .36, .52), bezel=(.03, .03, .035), yellow=(.82, .66, .10))
    for k in range(1, 13):
        p.picture(f'n{k}', sign(str(k), 40, 40, (.88, .88, .85), INK, 26))
    p.picture('female', sign('Custody\nCells 1 to 12', 144, 56, (.14, .22, .36), (.95, .95, .93), 18))
    slate = blank(56, 64, (.90, .90, .88))
    for k in range(6):
        slate[12 + k * 9:13 + k * 9] = .55
    write(slate, 'Obs', 6, 0, 10)
    p.picture('slate', slate)
    p.picture('rights', poster(72, 100, 'Your rights', (.14, .22, .36), 4, words='Ask to see\na nurse\na solicitor'))
    p.picture('duty', board(160, 90, (.86, .86, .84), [(6, 6, poster(44, 76, 'Cells', (.35, .36, .38), 5)), (58, 6, poster(44, 76, 'Nurse', (.1, .42, .42), 6)), (110, 6, poster(44, 60, 'Visits', (.5, .3, .1), 7))], 6, (.5, .5, .5)))
    p.picture('clock', clock_face(13, 40))
    p.material('floor', (1, 1, 1), .35, image=vinyl((.34, .36, .37), flecks=.7))
    brick = blank(64, 64, (.80, .82, .78))
    for k in range(4):
        brick[k * 16:k * 16 + 1] *= .82
        brick[k * 16:k * 16 + 16, (0 if k % 2 else 32):(1 if k % 2 else 33)] *= .86
    p.material('wall', (1, 1, 1), .7, image=brick)                   # painted blockwork
    p.material('dado', (.42, .58, .62), .6, image=brick)
    p.material('ceiling', (.70, .71, .69), .95)
    p.glow('tube', (1.55, 1.6, 1.58))
    p.glow('screens', (.35, .50, .62))
    p.glow('call_light', (1.2, .50, .10))
    x0, x1, back, far, top = -1.2, 1.3, -9.5, 11.4, 2.6
    p.quad('floor', (x0, 0, far), (x1, 0, far), (x1, 0, back), (x0, 0, back), 1.3)
    p.quad('ceiling', (x0, top, back), (x1, top, back), (x1, top, far), (x0, top, far), 2)
    bands = [('dado', 0, 1.2, .9), ('wall', 1.2, top, .9)]
    # cell 9 is open behind the subject on the left: a bench, a blue mattress, glass bricks
    c0, c1 = -.35, -1.25
    wall(p, (x0, far), (x0, back), top, bands, [(far - c0, far - c1, 0, 2.02)], 'skirt')
    wall(p, (x1, back), (x1, far), top, bands, (), 'skirt')
    wall(p, (x0, back), (x1, back), top, bands, (), 'skirt')
    wall(p, (x1, far), (x0, far), top, bands, (), 'skirt')
    cx = x0 - 2.9
    p.quad('floor', (cx, 0, .6), (x0, 0, .6), (x0, 0, -2.1), (cx, 0, -2.1), 1.3)
    for a, b in (((x0 - .2, .6), (cx, .6)), ((cx, .6), (cx, -2.1)), ((cx, -2.1), (x0 - .2, -2.1)), ((x0 - .2, -2.1), (x0 - .2, c1)), ((x0 - .2, c0), (x0 - .2, .6))):
        wall(p, a, b, top, bands)
    p.quad('ceiling', (cx, top, -2.1), (x0, top, -2.1), (x0, top, .6), (cx, top, .6), 2)
    p.box('bench', (cx, 0, -2.1), (x0 - .5, .42, -1.38), skip='-y -z -x')
    p.box('mat', (cx + .05, .42, -2.06), (x0 - .55, .52, -1.42), skip='-y')
    p.box('blanket', (x0 - 1.2, .52, -1.95), (x0 - .62, .60, -1.5), turn=8)
    p.box('tube', (cx + .02, 1.75, -1.1), (cx + .03, 2.25, .0), skip='-x')
    for z in (-1.1, -.73, -.37, 0):
        p.box('frame', (cx + .03, 1.75, z - .02), (cx + .04, 2.25, z + .02), skip='-x')
    for x, z in ((x0 - .2, c0), (x0 - .2, c1 - .09)):
        p.box('frame', (x, 0, z), (x0 + .03, 2.1, z + .09), skip='-y')
    p.box('frame', (x0 - .2, 2.02, c1), (x0 + .03, 2.11, c0))

    def cell_door(n):
        p.box('frame', (-.55, 0, 0), (-.46, 2.12, .05), skip='-y -z')
        p.box('frame', (.46, 0, 0), (.55, 2.12, .05), skip='-y -z')
        p.box('frame', (-.46, 2.03, 0), (.46, 2.12, .05), skip='-z -x +x')
        leaf_(.0)
        picture(p, f'n{n}', .78, 1.72, .20, .20, .012)
        p.box('steel', (.66, 1.20, 0), (.90, 1.50, .012), skip='-z')
        picture(p, 'slate', .78, 1.35, .22, .28, .014)
        p.box('white', (.73, 2.10, 0), (.83, 2.20, .05), skip='-z')

    def leaf_(z):
        p.quad('celldoor', (-.46, .01, z + .015), (.46, .01, z + .015), (.46, 2.03, z + .015), (-.46, 2.03, z + .015))
        p.box('hatch', (-.20, 1.02, z + .015), (.20, 1.26, z + .045), skip='-z')
        p.box('bolt', (-.04, 1.22, z + .045), (.04, 1.25, z + .065), skip='-z')
        p.box('hatch', (-.09, 1.46, z + .015), (.09, 1.70, z + .04), skip='-z')
        p.quad('glass', (-.06, 1.49, z + .042), (.06, 1.49, z + .042), (.06, 1.67, z + .042), (-.06, 1.67, z + .042))
        p.box('bolt', (.30, .96, z + .015), (.44, 1.10, z + .06), skip='-z')
        for y in (.35, 1.0, 1.75):
            p.tube('bolt', (-.47, y - .06, z + .03), (-.47, y + .06, z + .03), .022, sides=6)
        for y in (.22, 1.88):
            p.box('hatch', (-.42, y - .04, z + .015), (.42, y + .04, z + .022), skip='-z')

    for n, z in ((3, 9.4), (5, 6.6), (7, 3.2), (11, -3.6), (12, -6.6)):
        with p.at(x0, z, 90):
            cell_door(n)
    for n, z in ((2, 7.6), (4, 4.9), (6, 2.1), (8, -1.3), (10, -5.0)):
        with p.at(x1, z, -90):
            cell_door(n)
    with p.at(x0, -.80, 90):                    # the plate and call light of the open cell
        picture(p, 'n9', .78 - 1.56, 1.72, .20, .20, .012)
        picture(p, 'slate', .78 - 1.56, 1.35, .22, .28, .014)
        p.box('call_light', (-.83, 2.10, 0), (-.73, 2.20, .05), skip='-z')
    with p.hinged('door', x0 + .02, c0 + .02, 100), p.at(x0 + .02, c0 + .02 - .46, 90):
        leaf_(-.02)
        p.quad('celldoor', (.46, .01, -.03), (-.46, .01, -.03), (-.46, 2.03, -.03), (.46, 2.03, -.03))
        for x in (-.46, .46):
            s = np.sign(x)
            p.quad('celldoor', *[(x, y, z) for y, z in (((.01, -.03), (.01, -.005), (2.03, -.005), (2.03, -.03)) if s < 0 else ((.01, -.005), (.01, -.03), (2.03, -.03), (2.03, -.005)))])
    # shoes outside the doors
    for x, z, c in ((x1 - .16, 1.25, 'shoe'), (x0 + .16, 2.35, 'shoe_b'), (x0 + .15, .35, 'shoe'), (x1 - .16, -2.15, 'shoe_b'), (x0 + .16, -4.5, 'shoe')):
        for d in (-.07, .05):
            with p.at(x, z + d * 1.4, 90 if x < 0 else -90):
                p.box(c, (-.045, 0, -.13), (.045, .07, .14), turn=d * 60, skip='-y')
                p.box(c, (-.045, .07, -.13), (.045, .11, -.03), turn=d * 60, skip='-y')
    # a fixed bench in the corridor, posters, an alarm strip, camera domes
    with p.at(x1, .45, -90):
        p.box('bench', (-.45, .38, 0), (.45, .45, .36))
        for x in (-.38, .34):
            p.box('bench', (x, 0, .04), (x + .04, .38, .32), skip='+y -y')
        p.soft(-.5, 0, .5, .45)
        picture(p, 'rights', 0, 1.58, .46, .64)
    for x, turn, doors in ((x0, 90, (9.4, 6.6, 3.2, -.8, -3.6, -6.6)), (x1, -90, (7.6, 4.9, 2.1, -1.3, -5.0))):      # the alarm strip stops at each door
        edges = [far, *(e for z in doors for e in (z + .57, z - .57)), back]
        for a, b in zip(edges[::2], edges[1::2]):
            with p.at(x, a if turn > 0 else b, turn):
                p.box('black', (0, 1.24, 0), (a - b, 1.275, .012), skip='-z')
                p.box('red', (0, 1.247, .012), (a - b, 1.268, .018), skip='-z')
    for z in (2.6, -5.6):
        p.tube('white', (.05, top - .02, z), (.05, top, z), .09, sides=10)
        p.tube('glass', (.05, top - .09, z), (.05, top - .02, z), .04, .08, sides=10)
    # behind the subject: a heavy door with a window; behind the officer: the custody desk
    with p.at(.05, back):
        door(p, 'celldoor', 'frame', 1.0, 2.05, pane=(-.16, .16, 1.15, 1.70), kick='steel', plate='bolt', closer=True)
        clock(p, 'clock', -.85, 2.1)
        p.box('yellow', (-.6, .002, .05), (.6, .004, .6), skip='-y')
    with p.at(.0, far, 180):
        door(p, 'celldoor', 'frame', 1.0, 2.05, pane=(-.16, .16, 1.15, 1.70), kick='steel', plate='bolt', closer=True)
        picture(p, 'female', 0, 2.34, .95, .37, .012)
    with p.at(x1, 9.95, -90):
        picture(p, 'duty', 0, 1.6, 1.4, .79, .02)
    with p.at(x1 - .0, 10.6, -90):
        p.box('steel', (-.3, .85, 0), (.3, .90, .38))
        p.box('bezel', (-.2, .90, .08), (.2, 1.2, .11))
        p.quad('screens', (-.18, .92, .112), (.18, .92, .112), (.18, 1.18, .112), (-.18, 1.18, .112))
    p.tube('cup', (1.0, .45, .62), (1.0, .54, .62), .035, .04, sides=8)
    tubes(p, .05, (-7.6, -4.4, -1.2, 2.0, 5.2, 8.4), top, 1.2, .28, 'frame')
    p.mark('bystander', .75, -2.9)
    p.mark('colleague', -.68, 2.6)
    p.mark('exit', 0, far - .3, turn=0)
    p.mark('exit', .05, back + .3, turn=180)
    p.mark('exit', x0 - .1, -.8, turn=-90)
    p.mark('seat', x1 - .20, .45, .45, -90)
    p.mark('seat', x0 - 1.5, -1.60, .52, 0)
    return p


PLACES = {'supermarket-aisle': supermarket_aisle, 'locker-room': locker_room, 'home-hallway': home_hallway, 'control-room': control_room,
          'ward-corridor': ward_corridor, 'cluttered-hallway': cluttered_hallway, 'school-corridor': school_corridor, 'cell-corridor': cell_corridor}
