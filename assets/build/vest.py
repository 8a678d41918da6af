"""The officers' body vest."""
import numpy as np

import lettering
import paint
from mesh import Part, normals, triangles


class Vest:
    """A padded body vest: the trunk of the shirt, pushed outwards, with a rim, a radio, a camera and two pouches."""

    def __init__(self, P, faces, W, bones, J, hivis):
        bone = {n: i for i, n in enumerate(bones)}
        arm = sum(W[:, bone[f'{b}_{s}']] for b in ('upperarm', 'lowerarm', 'hand') for s in 'lr')
        low, shoulder = J['spine_01'][1] + .01, abs(J['upperarm_l'][0])
        neck = J['neck_01']
        collar = np.hypot(P[:, 0] / 1.15, (P[:, 2] - neck[2]) / 1.0)
        inside = (P[:, 1] > low) & (arm < .34) & (np.abs(P[:, 0]) < shoulder * 1.02) & ~((collar < .092) & (P[:, 1] > neck[1] - .055))
        tri = triangles(faces)
        tri = tri[inside[tri].all(1)]
        ids, tri = np.unique(tri, return_inverse=True)
        tri = tri.reshape(-1, 3)
        # Cut pieces meet at seams: weld them, so that the vest is one sheet.
        _, first, weld = np.unique(np.round(P[ids], 4), axis=0, return_index=True, return_inverse=True)
        tri = weld.reshape(-1)[tri]
        tri = tri[(tri[:, 0] != tri[:, 1]) & (tri[:, 1] != tri[:, 2]) & (tri[:, 2] != tri[:, 0])]
        p, w = P[ids][first].copy(), W[ids][first]
        edges = np.concatenate([tri[:, [0, 1]], tri[:, [1, 2]], tri[:, [2, 0]]])
        key = {}
        for a, b in edges:
            key[(min(a, b), max(a, b))] = key.get((min(a, b), max(a, b)), 0) + 1
        rim = [(a, b) for a, b in edges if key[(min(a, b), max(a, b))] == 1]
        on_rim = np.zeros(len(p), bool)
        on_rim[np.array(rim).reshape(-1)] = True
        n = normals(p, tri)
        p = p + n * .024
        around, rim_around = [set() for _ in p], [set() for _ in p]
        for a, b in edges:
            around[a].add(b), around[b].add(a)
        for a, b in rim:
            rim_around[a].add(b), rim_around[b].add(a)
        for _ in range(10):
            p = np.array([.45 * x + .55 * p[list(rim_around[i] if on_rim[i] else around[i])].mean(0) if around[i] else x for i, x in enumerate(p)])
        start = P[ids][first]
        for _ in range(2):           # never inside the shirt
            p = p + n * np.clip(.014 - ((p - start) * n).sum(1), 0, None)[:, None]
        bottom = on_rim & (p[:, 1] < low + .06)
        p[bottom, 1] = low + .012
        # rim: back to the shirt
        n = normals(p, tri)
        inner = {}
        points, weights, faces_out = list(p), list(w), [tuple(t) for t in tri]
        for a, b in rim:
            for k in (a, b):
                if k not in inner:
                    inner[k] = len(points)
                    points.append(p[k] - n[k] * .024)
                    weights.append(w[k])
            faces_out += [(b, a, inner[a]), (b, inner[a], inner[b])]
        self.low, self.top = low, p[:, 1].max()
        self.centre = np.median(p[:, 2])
        points = np.array(points)
        back = np.array([normals(points, np.array([f]))[f[0]][2] < 0 for f in faces_out])
        self.part_points, self.part_weights = list(points), list(weights)
        self.faces, self.sides = faces_out, list(back)
        chest = np.zeros(len(bones))
        chest[bone['spine_03']] = 1
        waist = np.zeros(len(bones))
        waist[bone['spine_02']] = 1
        tall = self.top - low
        self._box(p, (.115, low + tall * .74), (.026, .055, .022), chest)
        self._box(p, (.124, low + tall * .74 + .05), (.006, .035, .006), chest)
        self._box(p, (-.10, low + tall * .70), (.026, .036, .014), chest)
        self._box(p, (.09, low + .05), (.036, .040, .020), waist)
        self._box(p, (-.09, low + .05), (.036, .040, .020), waist)
        self.hivis = hivis

    def _box(self, p, at, half, weight):
        near = np.where(p[:, 2] > self.centre, np.hypot(p[:, 0] - at[0], p[:, 1] - at[1]), 9)
        z = p[near.argmin(), 2] + half[2] * .7
        c, start = np.array([at[0], at[1], z]), len(self.part_points)
        for sx in (-1, 1):
            for sy in (-1, 1):
                for sz in (-1, 1):
                    self.part_points.append(c + np.array([sx, sy, sz]) * half)
                    self.part_weights.append(weight)
        i = lambda x, y, z: start + 4 * x + 2 * y + z
        quads = [(i(0, 0, 1), i(1, 0, 1), i(1, 1, 1), i(0, 1, 1)), (i(0, 1, 0), i(0, 1, 1), i(1, 1, 1), i(1, 1, 0)), (i(0, 0, 0), i(1, 0, 0), i(1, 0, 1), i(0, 0, 1)),
                 (i(1, 0, 0), i(1, 1, 0), i(1, 1, 1), i(1, 0, 1)), (i(0, 0, 0), i(0, 0, 1), i(0, 1, 1), i(0, 1, 0))]
        for q in quads:
            self.faces += [(q[0], q[1], q[2]), (q[0], q[2], q[3])]
            self.sides += [None, None]

    def part(self):
        """Planar texture: front in the left half, back in the right half, boxes in a dark corner."""
        part, P = Part(), np.array(self.part_points)
        uvs = np.zeros((len(P) * 3, 2))
        u, v = np.clip((P[:, 0] + .30) / .60, .01, .99), np.clip(1 - (P[:, 1] - self.low + .02) / (self.top - self.low + .04), .01, .99)
        uvs[0::3], uvs[1::3], uvs[2::3] = np.stack([u / 2, v], 1), np.stack([.5 + (1 - u) / 2, v], 1), np.full((len(P), 2), (.004, .996))
        for f, back in zip(self.faces, self.sides):
            shift = 2 if back is None else int(back)
            part.add(f, [k * 3 + shift for k in f], uvs)
        return part, P, np.array(self.part_weights)

    def texture(self, size=512):
        tall = self.top - self.low + .04
        v, u = np.mgrid[0:size // 2, 0:size]
        x = ((u % (size // 2)) / (size // 2) - .5) * .60
        y = (1 - (v + .5) / (size // 2)) * tall
        back = u >= size // 2
        dark = np.array([.095, .10, .115], 'f4')
        a = np.ones((size // 2, size, 3), 'f4') * (np.array([.74, .80, .10]) if self.hivis else dark)
        n = paint.noise(size, .8, 8)[:size // 2]
        a = a * (1 + (.02 if self.hivis else .05) * n)[..., None]
        # quilting and straps
        a *= (1 - .22 * (np.abs((y % .055) - .0275) > .0255))[..., None] if not self.hivis else 1
        silver = np.array([.66, .68, .70], 'f4')
        for level in ((.24, .62) if self.hivis else (.34,)):
            band = np.abs(y - tall * level) < .022
            a[band] = silver * (1 + .05 * n[band])[:, None]
            square = (np.floor(x / .022) + np.floor((y - tall * level + .022) / .022)).astype(int) % 2
            if not self.hivis:
                a[band & (square == 0)] = (.06, .06, .07)
                a[band & (square == 1)] = (.82, .83, .84)
        zip_ = (np.abs(x) < .004) & ~back
        a[zip_] *= .35
        for side in (False, True):
            w, h, cy = (.135, .040, tall * (.50 if self.hivis else .56)) if not side else (.23, .066, tall * .66)
            if self.hivis:
                cy = tall * (.44 if not side else .44)
            where = back == side
            patch = where & (np.abs(x) < w / 2 + .012) & (np.abs(y - cy) < h / 2 + .010)
            a[patch] = (.035, .045, .085)
            mx = x
            ink = lettering.word('POLICE', mx / w + .5, (y - cy) / h + .5)
            ink = np.where(where & (np.abs(x) < w * .55) & (np.abs(y - cy) < h * .6), ink, 0)
            a = paint.over(a, (.92, .93, .93), ink)
        a[-8:, :8] = (.045, .047, .052)
        return paint.picture(a)
