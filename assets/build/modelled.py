"""What is modelled here because no fitted mesh of it may be used: skirts of gowns and coats, a hood, a headscarf, glasses, a headset, a card, natural hair."""
import numpy as np
from scipy import ndimage as ndi
from scipy.spatial import cKDTree

import paint
from mesh import Part, normals, triangles


class Piece:
    """Points with weights and texture coordinates, faces, and the picture they show."""

    def __init__(self, bones):
        self.points, self.weights, self.uv, self.faces, self.bones = [], [], [], [], bones

    def only(self, name):
        w = np.zeros(len(self.bones))
        w[self.bones.index(name)] = 1
        return w

    def add(self, p, w, uv):
        self.points.append(np.asarray(p, float))
        self.weights.append(w)
        self.uv.append(uv)
        return len(self.points) - 1

    def grid(self, rows, closed=False, flip=False):
        """Faces between rows of point numbers of equal length."""
        for a, b in zip(rows, rows[1:]):
            n = len(a)
            for k in range(n if closed else n - 1):
                q = (a[k], b[k], b[(k + 1) % n], a[(k + 1) % n])
                self.faces.append(q[::-1] if flip else q)

    def tube(self, path, radius, w, uv, spokes=6, flat=(1., 1.), up=(0, 1, 0), caps=True):
        """A round or flat tube along a path; `radius` one number or one a point."""
        path = np.asarray(path, float)
        radius = np.broadcast_to(radius, len(path))
        along = np.gradient(path, axis=0)
        rows = []
        for p, d, r in zip(path, along, radius):
            d = d / (np.linalg.norm(d) + 1e-12)
            side = np.cross(d, up)
            side = side / np.linalg.norm(side) if np.linalg.norm(side) > 1e-6 else np.array([1., 0, 0])
            top = np.cross(side, d)
            rows.append([self.add(p + r * (side * np.cos(a) * flat[0] + top * np.sin(a) * flat[1]), w, uv) for a in np.arange(spokes) * 2 * np.pi / spokes])
        self.grid(rows, True)
        if caps:
            self.faces += [tuple(rows[0]), tuple(rows[-1][::-1])]

    def finish(self):
        P, faces = np.array(self.points), self.faces
        part = Part()
        for f in faces:
            part.add(f, f, self.uv)
        return part, P, normals(P, triangles(faces)), np.array(self.weights)


def hull(points, centre, angles, levels, da=.16, dy=.014):
    """The largest distance of the points from a vertical axis, by angle (0 in front, to the left) and height; shape (levels, angles)."""
    d = points[:, [0, 2]] - centre
    a, r, y = np.arctan2(d[:, 0], d[:, 1]), np.hypot(d[:, 0], d[:, 1]), points[:, 1]
    out = np.zeros((len(levels), len(angles)))
    for i, level in enumerate(levels):
        near = np.abs(y - level) < dy
        an, rn = a[near], r[near]
        for k, angle in enumerate(angles):
            gap = np.abs((an - angle + np.pi) % (2 * np.pi) - np.pi) < da
            out[i, k] = rn[gap].max() if gap.any() else 0
    for k in range(len(angles)):        # levels without points: as the ones next to them
        good = out[:, k] > 0
        if good.any():
            out[:, k] = np.interp(levels[::-1], np.asarray(levels)[good][::-1], out[good, k][::-1])[::-1]
    return out


def fabric(color, size=(256, 256), folds=.10, seed=3):
    """Cloth that hangs: fine grain and soft vertical folds."""
    w, h = size
    fold = ndi.gaussian_filter(np.random.default_rng(seed).standard_normal((h, w)).astype('f4'), (h / 5, 5), mode=('nearest', 'wrap'))
    return np.array(color, 'f4') * (1 + folds * fold / fold.std() * .5 + .03 * paint.noise(max(size), .8, seed)[:h, :w])[..., None]


# ---------------------------------------------------------------- below the waist

def skirt(base, P, W, bones, cloth, top, low, color, open_by=0., room=.010, flare=.06, border=None):
    """The part of a gown, tunic or coat below the waist; `open_by` metres of gap in front at the hem."""
    piece = Piece(bones)
    faces = [f for f, _ in base.faces_of('helper-skirt') if P[f, 1].max() > low and P[f, 1].min() < top]
    ids = np.unique(np.concatenate(faces))
    p = P[ids].copy()
    p[:, 1] = np.clip(p[:, 1], low, top)
    middle = p[:, [0, 2]].mean(0)
    d = p[:, [0, 2]] - middle
    angle, radius = np.arctan2(d[:, 0], d[:, 1]), np.hypot(d[:, 0], d[:, 1])
    levels, angles = np.arange(top + .02, low - .03, -.025), np.linspace(-np.pi, np.pi, 73)
    body = cloth[(cloth[:, 1] < top + .05) & (cloth[:, 1] > low - .05)]
    reach = ndi.map_coordinates(ndi.gaussian_filter(hull(body, middle, angles, levels, .14, .03), (1, 1), mode=('nearest', 'wrap')),
                                [(levels[0] - p[:, 1]) / .025, (angle + np.pi) / (2 * np.pi) * 72], order=1, mode='nearest')
    want = np.maximum(radius, reach + room) + flare * (top - p[:, 1]) ** 1.2
    near = [set() for _ in ids]
    at = {k: i for i, k in enumerate(ids)}
    for f in faces:
        for a in f:
            near[at[a]].update(at[b] for b in f if b != a)
    for _ in range(8):
        want = np.maximum(reach + room, np.array([.5 * want[i] + .5 * np.mean(want[list(n)]) for i, n in enumerate(near)]))
    p[:, [0, 2]] = middle + d / radius[:, None] * want[:, None]
    drop = (top - p[:, 1]) / (top - low)
    for i, k in enumerate(ids):
        piece.add(p[i], W[k], (0, 0))
    piece.uv = np.zeros((len(ids) * 2, 2))
    piece.uv[0::2] = np.stack([angle / (2 * np.pi) + .5, .02 + .86 * drop], 1)
    piece.uv[1::2] = piece.uv[0::2] + [1, 0]
    part, local = Part(), []
    for f in faces:
        f = [at[k] for k in f]
        centre = p[f].mean(0)
        if open_by and centre[2] > middle[1] and abs(centre[0]) < open_by * np.clip((top - centre[1]) / (top - low), 0, 1) ** .7:
            continue
        wrap = np.ptp(angle[f]) > np.pi
        part.add(f, [2 * k + (1 if wrap and angle[k] < 0 else 0) for k in f], piece.uv)
        local.append(f)
    a = fabric(color)
    v, u = np.mgrid[0:256, 0:256] / 256
    x = u - .5
    if not open_by:                     # one side laps over the other
        a *= (1 - .45 * (np.abs(x - .035) < .004))[..., None]
    hem = np.clip((v - .84) / .02, 0, 1) * (v < .89)
    a *= (1 - .14 * hem)[..., None]
    if border is not None:
        a = paint.over(a, border, ((v > .80) & (v < .885)).astype('f4'))
    a[v > .9] = np.array(color) * .8
    return part, p, normals(p, triangles(local)), np.array(piece.weights), paint.picture(a)


def belt(bones, cloth, W, level, color, knot=True):
    """A tied belt round the waist, with two ends hanging."""
    piece, middle = Piece(bones), cloth[np.abs(cloth[:, 1] - level) < .05][:, [0, 2]].mean(0)
    trunk = cloth[np.abs(cloth[:, 0]) < .30]
    angles = np.arange(28) * 2 * np.pi / 28
    tree = cKDTree(cloth)
    rows = []
    around = ndi.gaussian_filter(hull(trunk, middle, angles, [level + .03, level, level - .03], .2, .03).max(0), 1, mode='wrap')
    for dy, out in ((.021, .004), (.018, .017), (-.018, .018), (-.021, .004)):
        row = []
        for a, r in zip(angles, around):
            q = np.array([middle[0] + np.sin(a) * (r + out), level + dy, middle[1] + np.cos(a) * (r + out)])
            row.append(piece.add(q, W[tree.query(q)[1]], (.5, .5)))
        rows.append(row)
    piece.grid(rows, True)
    if knot:
        front = np.array([.03, level, middle[1] + around[1] + .022])
        w = W[tree.query(front)[1]]
        piece.tube(front + np.array([[-.022, .004, 0], [0, 0, .012], [.022, -.004, 0]]), [.014, .021, .014], w, (.5, .5), 6)
        for x, long in ((-.012, .24), (.02, .20)):
            piece.tube(front + np.array([[0, -.01, .004], [x, -long * .5, .016], [x * 1.4, -long, .018]]), .014, w, (.5, .5), 4, (1., .25), (0, 0, 1))
    return piece, paint.picture(fabric(color, (16, 16), 0))


def hood(bones, cloth, W, J, color):
    """A hood that is down: a soft roll round the neck, thick behind."""
    piece, neck = Piece(bones), J['neck_01']
    near = cloth[(cloth[:, 1] > neck[1] - .12) & (np.abs(cloth[:, 0]) < .22)]
    tree, rows = cKDTree(cloth), []
    turns = np.radians(np.linspace(-158, 158, 27))
    for t in turns:             # 0 at the nape
        back = np.cos(t / 2) ** 1.2
        r = .068 + .030 * back
        c = np.array([np.sin(t) * r * 1.05, 0, neck[2] + .012 - np.cos(t) * r])
        gap = np.hypot(near[:, 0] - c[0], near[:, 2] - c[2])
        ground = near[gap < max(.03, gap.min() + .004), 1].max()
        c[1] = max(ground, neck[1] - .055) + .010 + .030 * back
        tall, thick = .017 + .036 * back, .012 + .024 * back
        out = np.array([np.sin(t), 0, -np.cos(t)])
        row = []
        for k in range(10):
            a = 2 * np.pi * k / 10
            q = c + out * np.cos(a) * thick + np.array([0, 1, 0]) * np.sin(a) * tall - out * .35 * np.sin(a) * thick + [0, -.03 * back * (np.cos(a) > .3), 0]
            row.append(piece.add(q, W[tree.query(c)[1]], (.5 + 2 * t / 6.3, k / 10)))
        rows.append(row)
    piece.grid(rows, True)
    piece.faces += [tuple(rows[0]), tuple(rows[-1][::-1])]
    return piece, paint.picture(fabric(color, (64, 64), .25, 6))


# ---------------------------------------------------------------- on the head

def headscarf(bones, skin, cloth, W_skin, W_cloth, J, color):
    """A scarf round head and neck that leaves the face free and ends inside the collar at the sides, over the chest in front."""
    piece = Piece(bones)
    eye, head, neck = (J['eye_l'] + J['eye_r']) / 2, J['head'], J['neck_01']
    middle = np.array([0., head[2] + .028])
    top = skin[:, 1].max()
    mouth = eye[1] - .07
    chin = skin[(skin[:, 1] > eye[1] - .14) & (skin[:, 1] < mouth) & (np.abs(skin[:, 0]) < .01)]
    chin_y = chin[chin[:, 2] > chin[:, 2].max() - .006, 1].min() - .012
    high = eye[1] + .058
    centre, half = (high + chin_y) / 2, (high - chin_y) / 2
    levels = np.concatenate([top + .010 - np.array([0, .0015, .006, .016, .031]) * (top + .01 - high) / .045, centre + half * np.cos(np.linspace(.12, np.pi - .12, 15)),
                             chin_y - np.array([.006, .018, .034, .054, .078, .105, .135])])
    columns = 31
    fine = np.linspace(-np.pi, np.pi, 73)
    inside = skin[(skin[:, 1] > neck[1] - .02) & (np.abs(skin[:, 0]) < .12)]
    trunk = cloth[(cloth[:, 1] < neck[1] + .04) & (np.abs(cloth[:, 0]) < .13)]
    reach = hull(np.concatenate([inside, trunk]), middle, fine, levels, .2, .012)
    reach = ndi.gaussian_filter(ndi.maximum_filter(reach, (3, 3), mode=('nearest', 'wrap')), (.8, 2.2), mode=('nearest', 'wrap'))
    widest = reach[np.abs(levels - top + .075).argmin()]
    w_head, rows = piece.only('head'), []
    tree, WW = cKDTree(np.concatenate([skin, cloth])), np.concatenate([W_skin, W_cloth])
    for i, y in enumerate(levels):
        s = (y - centre) / half
        edge = .86 * np.sqrt(max(0, 1 - s * s)) * (1 if s > 0 else 1 - .10 * s * s)
        angles = np.linspace(edge, 2 * np.pi - edge, columns)
        cap = np.sqrt(np.clip(1 - ((y - (top - .075)) / .0853) ** 2, 0, 1)) if y > top - .075 else 1.
        row = []
        for k, a in enumerate(angles):
            r = np.interp((a + np.pi) % (2 * np.pi) - np.pi, fine, reach[i])
            below = np.clip((chin_y - y) / .08, 0, 1)
            r = min(r, .115 + .05 * below) if y < chin_y else r
            fold = .0035 * np.sin(a * 7 + 40 * (y - chin_y)) + .0025 * np.sin(a * 11 - 55 * (y - chin_y))
            wide = np.interp((a + np.pi) % (2 * np.pi) - np.pi, fine, widest)
            r = r + .010 + fold * (.3 + 1.2 * below) if cap >= 1 else .004 if not i else max((wide + .009) * cap, r + .008 if y < top - .008 else 0)
            q = np.array([middle[0] + np.sin(a) * r, y, middle[1] + np.cos(a) * r])
            if k in (0, columns - 1) and abs(s) < 1:        # the rim lies close to the face
                q = q - np.array([np.sin(a), 0, np.cos(a)]) * .010
            low = np.clip((chin_y + .02 - y) / .06, 0, 1)
            w = w_head if low == 0 else w_head * (1 - low) + WW[tree.query(q, 4)[1]].mean(0) * low
            row.append(piece.add(q, w, (a / 2 / np.pi * 2, i / len(levels) * 1.5)))
        rows.append(row)
    piece.grid(rows, False)
    for i in range(len(levels) - 1):            # closed where there is no face
        if abs((levels[i] - centre) / half) >= 1 or abs((levels[i + 1] - centre) / half) >= 1:
            piece.faces.append((rows[i][-1], rows[i + 1][-1], rows[i + 1][0], rows[i][0]))
    a = fabric(color, (128, 128), .22, 8)
    return piece, paint.picture(a)


def glasses(bones, skin, J, color):
    """Plain frames without lenses, held by nose and ears."""
    piece = Piece(bones)
    w = piece.only('head')
    for sign, e in ((1, J['eye_l']), (-1, J['eye_r'])):
        near = skin[(np.abs(skin[:, 0] - e[0]) < .020) & (np.abs(skin[:, 1] - e[1]) < .014)]
        z = near[:, 2].max() + .009
        centre = np.array([e[0] + sign * .001, e[1] - .003, z])
        t = np.linspace(0, 2 * np.pi, 23)
        bend = lambda c: np.sign(c) * np.abs(c) ** .72
        ring = centre + np.stack([.0265 * bend(np.cos(t)), .0185 * bend(np.sin(t)), -.10 * (.0265 * bend(np.cos(t)) * sign).clip(0) - .0], 1)
        piece.tube(ring, .0017, w, (.5, .5), 5, up=(0, 0, 1), caps=False)
        inner = centre + [-sign * .0262, .004, 0]
        nose = skin[(np.abs(skin[:, 0]) < .006) & (np.abs(skin[:, 1] - inner[1]) < .008), 2].max() + .004
        if sign > 0:
            piece.tube([inner, [inner[0] * .5, inner[1] + .002, max(z, nose)], [-inner[0] * .5, inner[1] + .002, max(z, nose)], [-inner[0], inner[1], z]], .0017, w, (.5, .5), 5)
        side = skin[(skin[:, 0] * sign > .03) & (np.abs(skin[:, 1] - e[1] - .004) < .016)]
        ear = side[np.abs(side[:, 0]).argmax()]
        path = []
        for k in np.linspace(0, 1, 6):
            zz = (centre[2] - .003) * (1 - k) + (ear[2] - .006) * k
            slab = side[np.abs(side[:, 2] - zz) < .010]
            wide = np.abs(slab[:, 0]).max() + .003 if len(slab) else 0
            wide = max(wide, abs(centre[0]) + .0275) if k < .9 else abs(ear[0]) - .004
            path.append([sign * min(wide, abs(ear[0]) + .002), centre[1] + .006 + .004 * k, zz])
        path.append([sign * (abs(ear[0]) - .008), centre[1] - .002, ear[2] - .018])
        piece.tube(path, .0018, w, (.5, .5), 5)
    return piece, paint.picture(np.ones((8, 8, 3), 'f4') * np.array(color, 'f4'))


def headset(bones, skin, J, color=(.055, .058, .065)):
    """A band over the head, two ear pads and a microphone by the mouth."""
    piece = Piece(bones)
    w = piece.only('head')
    eye = (J['eye_l'] + J['eye_r']) / 2
    side = skin[(np.abs(skin[:, 1] - eye[1] + .012) < .03)]
    ear = side[side[:, 0].argmax()]
    cy, cz = ear[1] - .004, ear[2] - .004
    slab = skin[(np.abs(skin[:, 2] - cz) < .022) & (skin[:, 1] > cy + .030)]
    angle, reach = np.arctan2(slab[:, 1] - cy, slab[:, 0]), np.hypot(slab[:, 1] - cy, slab[:, 0])
    t = np.linspace(.10, np.pi - .10, 21)
    r = np.array([reach[np.abs(angle - k) < .16].max() if (np.abs(angle - k) < .16).any() else 0 for k in t])
    r = np.where(r > 0, r, abs(ear[0]) + .002)
    r = ndi.gaussian_filter(r, 1.) + .005
    piece.tube(np.stack([np.cos(t) * r, cy + np.sin(t) * r, np.full_like(t, cz)], 1), .010, w, (.5, .5), 6, (.32, 1.), (0, 0, 1))
    for sign in (1, -1):
        x = abs(ear[0]) * sign
        piece.tube([[x - sign * .006, cy - .004, cz], [x + sign * .004, cy - .004, cz], [x + sign * .012, cy - .004, cz]], [.026, .029, .022], w, (.5, .5), 12, up=(0, 1, 0))
    lip = skin[(np.abs(skin[:, 0] - .024) < .008) & (np.abs(skin[:, 1] - eye[1] + .072) < .012), 2].max()
    start, end = np.array([abs(ear[0]) + .006, cy - .02, cz + .01]), np.array([.034, eye[1] - .078, lip + .014])
    bow = np.array([.020, -.012, .010])
    path = [start + (end - start) * k + bow * np.sin(np.pi * k) for k in np.linspace(0, 1, 7)]
    piece.tube(path, .0024, w, (.5, .5), 5)
    piece.tube([end + [.006, 0, -.003], end, end + [-.012, -.001, .003]], [.005, .0075, .004], w, (.5, .5), 7)
    return piece, paint.picture(np.ones((8, 8, 3), 'f4') * np.array(color, 'f4'))


def card(bones, cloth, W, J, color):
    """A pass on a lanyard (which is painted on the cloth): a plate on the chest with a stripe, a face that is not one, and no name."""
    piece = Piece(bones)
    y = (J['spine_03'][1] + J['spine_02'][1]) / 2 - .02
    near = cloth[(np.abs(cloth[:, 0]) < .035) & (np.abs(cloth[:, 1] - y) < .06)]
    w = W[np.abs(cloth - near[near[:, 2].argmax()]).sum(1).argmin()]
    high, low = (near[near[:, 1] > y, 2].max(), near[near[:, 1] <= y, 2].max())
    corners = [[-.028, .043], [.028, .043], [.028, -.043], [-.028, -.043]]
    front = [piece.add([x, y + dy, (high if dy > 0 else low) + .012], w, ((x + .028) / .056, .5 - dy / .086)) for x, dy in corners]
    back = [piece.add(piece.points[k] - [0, 0, .004], w, (.02, .02)) for k in front]
    piece.faces += [tuple(front[::-1]), tuple(back)]
    for k in range(4):
        piece.faces.append((front[k], front[(k + 1) % 4], back[(k + 1) % 4], back[k]))
    v, u = np.mgrid[0:64, 0:48] / np.array([64, 48])[:, None, None]
    a = np.ones((64, 48, 3), 'f4') * np.array([.86, .86, .84], 'f4')
    a[v < .26] = color
    a[(v > .34) & (v < .66) & (u > .12) & (u < .48)] = (.45, .47, .50)
    for k in range(3):
        a[(np.abs(v - .42 - .09 * k) < .018) & (u > .56) & (u < .88 - .1 * k)] = (.35, .36, .38)
    return piece, paint.picture(a)


# ---------------------------------------------------------------- natural hair

def hair_shell(P, N, faces, scalp, centre, thickness, lumpy=.22, seed=4):
    """Close, curly hair as a raised copy of the scalp. Returns part, positions (one a body vertex) and normals."""
    rng = np.random.default_rng(seed)
    grow = np.clip(scalp * 1.6, 0, 1) ** .6
    out = P - centre
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    lumps = 1 + lumpy * rng.uniform(-1.1, .9, len(P))
    reach = np.linalg.norm(P - centre, axis=1)
    crown = np.clip(.6 + .5 * out[:, 1], .45, 1.1)
    rounder = np.clip(np.percentile(reach[scalp > .9], 90) - reach, 0, .03) * .5
    Q = P + (N * .35 + out * .65) * (grow * (thickness * crown + rounder) * (1 + (lumps - 1) * scalp) - .003 * (scalp < .12))[:, None]
    keep = [f for f in faces if max(scalp[list(f)]) > .10]
    around = np.arctan2(out[:, 0], out[:, 2]) / (2 * np.pi)
    up = np.arcsin(np.clip(out[:, 1], -1, 1)) / np.pi
    uvs = np.zeros((len(P) * 2, 2))
    uvs[0::2] = np.stack([around * 3, up * 3], 1)
    uvs[1::2] = np.stack([(around + 1) * 3, up * 3], 1)
    part = Part()
    for f in keep:
        wrap = max(around[list(f)]) - min(around[list(f)]) > .5
        part.add(f, [2 * k + (1 if wrap and around[k] < 0 else 0) for k in f], uvs)
    shading = normals(Q, triangles(keep)) * .5 + out * .5
    return part, Q, shading / np.linalg.norm(shading, axis=1, keepdims=True)
