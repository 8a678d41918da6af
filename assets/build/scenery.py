"""Building blocks for places: textured boxes and cylinders merged by material, and tiling textures made from noise."""
import numpy as np
from PIL import Image
from scipy import ndimage as ndi

from glb import INDICES, VERTICES, Glb


# ---------------------------------------------------------------- textures

def noise(n, sigma, rng):
    a = ndi.gaussian_filter(rng.standard_normal((n, n)).astype('f4'), sigma, mode='wrap')
    return (a - a.mean()) / a.std()


def tint(color, m):
    return np.array(color, 'f4') * m[..., None]


def picture(a):
    return Image.fromarray((np.clip(a, 0, 1) * 255).astype('u1'))


def texture(kind, n=256):
    """One tile. The scale (metres a tile) is given where it is used."""
    r = np.random.default_rng(abs(sum(ord(c) * (i + 3) for i, c in enumerate(kind))))
    if kind == 'wet_deck':           # dark anti-slip surface, puddled: light patches are mirrored sky
        puddle = np.clip(noise(n, (30, 18), r) * .9 - .2, 0, 1)
        m = 1 + .16 * noise(n, .8, r) * (1 - .8 * puddle) + .10 * noise(n, (40, 5), r)
        a = tint((.120, .124, .130), m) * (1 - .30 * puddle[..., None]) + tint((.030, .034, .042), puddle)
    elif kind == 'asphalt':
        grit = ndi.gaussian_filter((r.random((n, n)) > .93).astype('f4'), .8, mode='wrap')
        a = tint((.17, .17, .175), 1 + .22 * noise(n, .8, r) + .4 * grit + .07 * noise(n, 40, r))
    elif kind == 'slabs':
        m = 1 + .05 * noise(n, 1, r) + .06 * noise(n, 20, r)
        h = n // 2
        for i in range(2):
            for j in range(2):
                m[i * h:(i + 1) * h, j * h:(j + 1) * h] *= 1 + r.normal() * .05
        for k in (0, h):
            m[k:k + 2] *= .55
            m[:, k:k + 2] *= .55
        a = tint((.43, .42, .39), m)
    elif kind == 'brick':
        a, rows, cols = np.zeros((n, n, 3), 'f4'), 16, 4
        a[:] = (.46, .43, .39)
        bh, bw = n // rows, n // cols
        for i in range(rows):
            for j in range(cols):
                c = np.array((.40, .19, .13)) * (1 + r.normal() * .13) + np.array((0, .02, .03)) * r.random()
                xs = (np.arange(2, bw) + j * bw + (i % 2) * bw // 2) % n
                a[i * bh + 2:(i + 1) * bh, xs] = c
        a *= (1 + .09 * noise(n, 1, r) + .05 * noise(n, 24, r))[..., None]
    elif kind == 'render':
        a = tint((.78, .74, .66), 1 + .04 * noise(n, .9, r) + .03 * noise(n, 30, r))
    elif kind == 'plaster':
        a = tint((.74, .72, .66), 1 + .014 * noise(n, 1.2, r) + .016 * noise(n, 40, r))
    elif kind == 'lino':
        m = 1 + .05 * noise(n, 1.2, r) + .04 * noise(n, 30, r)
        a = tint((.36, .40, .40), m)
        flecks = ndi.gaussian_filter((r.random((n, n)) > .985).astype('f4'), .7, mode='wrap')
        a += flecks[..., None] * .35
        a[:2] *= .75
        a[:, :2] *= .75
    elif kind == 'concrete':
        a = tint((.46, .455, .44), 1 + .06 * noise(n, 1.2, r) + .07 * noise(n, 24, r))
    elif kind == 'hedge':
        k = noise(n, 2.0, r) + .6 * noise(n, 4.5, r)
        a = tint((.10, .19, .07), np.clip(1 + .42 * k, .25, 2.4)) + tint((.05, .06, .0), np.clip(k - 1, 0, 1))
    elif kind == 'grass':
        a = tint((.15, .20, .10), 1 + .16 * noise(n, (2.5, .7), r) + .15 * noise(n, 18, r))
    elif kind == 'tiles':
        a, k = np.zeros((n, n, 3), 'f4'), n // 8
        for i in range(8):
            for j in range(8):
                xs = (np.arange(k) + j * k + (i % 2) * k // 2) % n
                a[i * k:(i + 1) * k, xs] = np.array((.30, .17, .13)) * (1 + r.normal() * .10)
                a[i * k:(i + 1) * k, xs[:1]] *= .6
            a[i * k:i * k + 3] *= .5
        a *= (1 + .07 * noise(n, 1.2, r))[..., None]
    elif kind == 'wood':
        g = noise(n, (1, 24), r) * .5 + noise(n, (4, 60), r)
        a = tint((.42, .29, .18), 1 + .10 * g)
    elif kind == 'metal':
        a = tint((.30, .315, .32), 1 + .04 * noise(n, 1, r) + .05 * noise(n, (30, 4), r))
    elif kind == 'terraces':         # far houses at night: eaves, chimneys and a few lit windows
        a = np.zeros((n, n, 3), 'f4') + (.030, .031, .037)
        for i in range(6):
            for j in range(9):
                if r.random() < .40:
                    y, x = i * n // 6 + 14, j * n // 9 + 8
                    a[y:y + 15, x:x + 12] = np.array((1., .74, .42) if r.random() < .8 else (.7, .82, 1.)) * (.35 + .6 * r.random())
                    a[y + 7, x:x + 12] *= .4
                    a[y:y + 15, x + 6] *= .4
    elif kind == 'notices':
        a = np.zeros((n, n, 3), 'f4') + (.50, .36, .22)
        a *= (1 + .08 * noise(n, .8, r))[..., None]
        sheets = [(14, 20, 92, 110, (.93, .92, .86)), (120, 16, 226, 96, (.95, .85, .35)), (24, 132, 104, 232, (.72, .86, .93)), (126, 112, 214, 236, (.95, .94, .92))]
        for x0, y0, x1, y1, c in sheets:
            a[y0 + 3:y1 + 3, x0 + 3:x1 + 3] *= .6
            a[y0:y1, x0:x1] = c
            a[y0 + 10:y0 + 20, x0 + 10:x1 - 10] *= .25
            for y in range(y0 + 30, y1 - 10, 8):
                a[y:y + 3, x0 + 10:x1 - 10 - int(r.integers(0, 30))] *= .55
            a[y0 + 3:y0 + 8, (x0 + x1) // 2 - 2:(x0 + x1) // 2 + 3] = (.75, .12, .10)
    else:
        raise ValueError(kind)
    return np.clip(a, 0, 1)


# ---------------------------------------------------------------- geometry

class Place:
    """A place being built. Everything of one material becomes one mesh; +Y up, +Z towards the officer, metres."""

    def __init__(self):
        self.g, self.parts, self.materials, self.marks = Glb(), {}, {}, {}

    def material(self, name, color=(1, 1, 1), rough=.85, metal=0., tile=None, size=256, emissive=None, double=False, glow=False, image=None):
        t = None
        if tile or image is not None:
            t = self.g.image(picture(texture(tile, size) if image is None else image), tile or name, 96)
        self.materials[name] = self.g.material(name, t, color, rough, metal, double=double, emissive=emissive, emissive_texture=t if glow else None)
        self.parts[name] = ([], [], [], [])
        return name

    def mark(self, name, x, z, y=0., turn=0.):
        """An empty node: `bystander`, `colleague`, `exit`, `seat` or a person's id from a scenario. A name that is taken gets a number.
        `turn` is the way it faces in degrees: 0 is +Z, 90 is +X."""
        number = sum(known.partition('.')[0] == name for known in self.marks)
        self.marks[f'{name}.{number:03}' if number else name] = (x, y, z, turn)

    def faces(self, material, points, norms, uvs, tris):
        P, N, U, T = self.parts[material]
        T.extend([(a + len(P), b + len(P), c + len(P)) for a, b, c in tris])
        P.extend(points), N.extend(norms), U.extend(uvs)

    def quad(self, material, a, b, c, d, scale=1., stretch=None):
        """Corners against the clock, seen from outside. Texture in metres over `scale`, or 0..1 if `stretch`."""
        p = np.array([a, b, c, d], float)
        n = np.cross(p[1] - p[0], p[3] - p[0])
        n = n / np.linalg.norm(n)
        if stretch:
            uv = np.array([(0, 1), (1, 1), (1, 0), (0, 0)], float) * stretch
        else:
            axis = np.abs(n).argmax()
            uv = p[:, [(2, 1), (0, 2), (0, 1)][axis]] / scale
            uv[:, 1] *= -1
        self.faces(material, p.tolist(), [n.tolist()] * 4, uv.tolist(), [(0, 1, 2), (0, 2, 3)])

    def box(self, material, low, high, scale=1., skip='', turn=0.):
        """Axis-aligned box; `skip` names faces that nobody sees: - and + of x y z, such as '-y'."""
        (x0, y0, z0), (x1, y1, z1) = low, high
        cx, cz, c, s = (x0 + x1) / 2, (z0 + z1) / 2, np.cos(np.radians(turn)), np.sin(np.radians(turn))
        spin = lambda p: (cx + (p[0] - cx) * c + (p[2] - cz) * s, p[1], cz - (p[0] - cx) * s + (p[2] - cz) * c)
        sides = {'+z': [(x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)], '-z': [(x1, y0, z0), (x0, y0, z0), (x0, y1, z0), (x1, y1, z0)],
                 '+x': [(x1, y0, z1), (x1, y0, z0), (x1, y1, z0), (x1, y1, z1)], '-x': [(x0, y0, z0), (x0, y0, z1), (x0, y1, z1), (x0, y1, z0)],
                 '+y': [(x0, y1, z1), (x1, y1, z1), (x1, y1, z0), (x0, y1, z0)], '-y': [(x0, y0, z0), (x1, y0, z0), (x1, y0, z1), (x0, y0, z1)]}
        for name, corners in sides.items():
            if name not in skip.split():
                self.quad(material, *[spin(p) for p in corners], scale)

    def tube(self, material, a, b, radius, end=None, sides=10, caps=True):
        """A round bar or cone from a to b."""
        a, b = np.array(a, float), np.array(b, float)
        end = radius if end is None else end
        d = (b - a) / np.linalg.norm(b - a)
        u = np.cross(d, [0, 0, 1] if abs(d[2]) < .9 else [1, 0, 0])
        u /= np.linalg.norm(u)
        w = np.cross(d, u)
        pts, nrm, uv = [], [], []
        for k in range(sides + 1):
            t = 2 * np.pi * k / sides
            o = u * np.cos(t) + w * np.sin(t)
            slope = o + d * (radius - end) / np.linalg.norm(b - a)
            slope /= np.linalg.norm(slope)
            pts += [(a + o * radius).tolist(), (b + o * end).tolist()]
            nrm += [slope.tolist()] * 2
            uv += [(k / sides, 0), (k / sides, 1)]
        tri = []
        for k in range(sides):
            i = 2 * k
            tri += [(i, i + 2, i + 3), (i, i + 3, i + 1)]
        self.faces(material, pts, nrm, uv, tri)
        for p, r, n in ((a, radius, -d), (b, end, d)) if caps else ():
            if r > 1e-4:
                ring = [(p + (u * np.cos(2 * np.pi * k / sides) + w * np.sin(2 * np.pi * k / sides)) * r).tolist() for k in range(sides)]
                fan = [(0, k, k + 1) if n @ d > 0 else (0, k + 1, k) for k in range(1, sides - 1)]
                self.faces(material, ring, [n.tolist()] * sides, [(0, 0)] * sides, fan)

    def ring(self, material, centre, axis, radius, thick, sides=24, section=6):
        """A wheel or a hoop."""
        c, n = np.array(centre, float), np.array(axis, float)
        n /= np.linalg.norm(n)
        u = np.cross(n, [0, 1, 0])
        u /= np.linalg.norm(u)
        w = np.cross(n, u)
        pts, nrm = [], []
        for i in range(sides):
            t = 2 * np.pi * i / sides
            o = u * np.cos(t) + w * np.sin(t)
            for k in range(section):
                q = 2 * np.pi * k / section
                m = o * np.cos(q) + n * np.sin(q)
                pts.append((c + o * radius + m * thick).tolist())
                nrm.append(m.tolist())
        tri = []
        for i in range(sides):
            for k in range(section):
                a, b = i * section + k, i * section + (k + 1) % section
                e, f = (i + 1) % sides * section + k, (i + 1) % sides * section + (k + 1) % section
                tri += [(a, e, f), (a, f, b)]
        self.faces(material, pts, nrm, [(0, 0)] * len(pts), tri)

    def write(self, path, name):
        g, nodes, count, vertices = self.g, [], 0, 0
        for material, (P, N, U, T) in self.parts.items():
            if not T:
                continue
            P, N, U = np.array(P, 'f4'), np.array(N, 'f4'), np.array(U, 'f4')
            g.json['meshes'].append({'name': material, 'primitives': [{
                'attributes': {'POSITION': g.accessor(P, VERTICES, minmax=True), 'NORMAL': g.accessor(N, VERTICES), 'TEXCOORD_0': g.accessor(U, VERTICES)},
                'indices': g.accessor(np.array(T).reshape(-1).astype('u2' if len(P) < 65536 else 'u4'), INDICES), 'material': self.materials[material]}]})
            nodes.append(g.node(name=material, mesh=len(g.json['meshes']) - 1))
            count += len(T)
            vertices += len(P)
        for mark, (x, y, z, turn) in self.marks.items():
            half = np.radians(turn) / 2
            way = {'rotation': [0., float(np.sin(half)), 0., float(np.cos(half))]} if turn else {}
            nodes.append(g.node(name=mark, translation=[float(x), float(y), float(z)], **way))
        nodes += getattr(self, 'doors', [])
        g.json['scenes'][0].update(nodes=[g.node(name=name, children=nodes)], name=name)
        g.write(path)
        return count, vertices
