"""Build the people: rigged, clothed, with face shapes and body-language clips, as assets/people/NAME.glb.

    python3 assets/build/build_people.py [NAME ...]
"""
import os
import sys

import sources

sources.environment()
sources.fetch()

import numpy as np
from scipy import ndimage as ndi
from scipy.spatial import cKDTree

import body
import modelled
import paint
import poses
from glb import INDICES, VERTICES, Glb
from mesh import Part, normals, simplify, triangles
from people import PEOPLE
from vest import Vest

OUT = os.environ.get('PEOPLE_OUT') or os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'people')
BOTH = ['browDown', 'browOuterUp', 'cheekSquint', 'eyeBlink', 'eyeLookDown', 'eyeLookIn', 'eyeLookOut', 'eyeLookUp', 'eyeSquint', 'eyeWide',
        'mouthFrown', 'mouthLowerDown', 'mouthPress', 'mouthSmile', 'mouthStretch', 'mouthUpperUp', 'noseSneer']
MORPHS = ['browInnerUp', 'jawOpen', 'mouthClose', 'mouthFunnel', 'mouthPucker', 'mouthRollLower', 'mouthShrugLower', *(n + side for n in BOTH for side in ('Left', 'Right'))]
TEST_POSES = ['eyeBlinkLeft', 'eyeBlinkRight', 'jawOpen', 'mouthSmileLeft', 'mouthSmileRight', 'mouthPucker', 'browInnerUp']
BENDS = [(poses.wringing, 1.), (poses.sit_hunched, 1.), (poses.pointing, .5), (poses.fists, 0.)]       # what bodies and cloth must look right in
VERTEX_BUDGET = {'head': 1750, 'neck': 110, 'mouth': 170, 'body': 1750, 'clothes': 1750, 'shoes': 420, 'tongue': 60}

base = body.Base()
rig = body.Rig(base)
bone = {n: i for i, n in enumerate(rig.names)}
units = body.face_units(MORPHS)
island = base.islands()


def four_weights(w):
    """The four strongest bones of each vertex, in bytes that add up to 255."""
    i = np.argsort(-w, 1)[:, :4]
    x = np.take_along_axis(w, i, 1)
    q = np.round(x / x.sum(1, keepdims=True) * 255).astype(int)
    q[:, 0] += 255 - q.sum(1)
    return np.where(q > 0, i, 0).astype('u1'), q.astype('u1')


class Person:
    def __init__(self, name):
        self.name, self.c, self.g = name, PEOPLE[name], Glb()
        v = body.shape(base, **self.c['shape'])
        ground = v[base.verts('body'), 1].min()
        metres = lambda p: (p - [0, ground, 0]) * .1
        self.raw, self.scale = v, body.fit_scale(v)
        self.P = metres(v)
        self.J = {n: metres(p) for n, p in rig.joints(v).items()}
        self.tails = {n: metres(p) for n, p in rig.tails(v).items()}
        self.fit = lambda proxy, body_v=v: metres(proxy.fit(body_v, self.scale))
        self.D = {}
        for k, (i, d) in units.items():
            self.D[k] = np.zeros_like(v)
            self.D[k][i] = d * .1
        self.skin_faces = base.faces_of('body')
        self.skin_tri = triangles([f for f, _ in self.skin_faces])
        self.N = normals(self.P, self.skin_tri)
        self.DN = {k: normals(self.P + d, self.skin_tri) - self.N for k, d in self.D.items()}
        self.verts = self.tris = 0
        self.skeleton()
        solver = poses.Solver(rig, self.J, self.tails)
        self.bends = [solver.moves(clip, at) for clip, at in BENDS]

    # ------------------------------------------------------------ scene

    def skeleton(self):
        self.joint = {}
        for n in rig.names:
            p = rig.parent[n]
            self.joint[n] = self.g.node(name=n, translation=[float(x) for x in self.J[n] - (self.J[p] if p else 0)])
            if p:
                self.g.json['nodes'][self.joint[p]].setdefault('children', []).append(self.joint[n])
        inverse = np.tile(np.eye(4, dtype='f4'), (len(rig.names), 1, 1))
        for i, n in enumerate(rig.names):
            inverse[i, :3, 3] = -self.J[n]
        self.g.json['skins'].append({'name': 'rig', 'joints': [self.joint[n] for n in rig.names], 'skeleton': self.joint['Root'],
                                     'inverseBindMatrices': self.g.accessor(inverse.transpose(0, 2, 1).reshape(-1, 16))})
        self.roots = [self.joint['Root']]

    def mesh(self, name, primitives, morphs=False):
        m = {'name': name, 'primitives': primitives}
        if morphs:
            m.update(weights=[0.] * len(MORPHS), extras={'targetNames': MORPHS})
        self.g.json['meshes'].append(m)
        self.roots.append(self.g.node(name=name, mesh=len(self.g.json['meshes']) - 1, skin=0))

    def posed(self, P, W):
        """P as it is in each of the poses that the simplification has to respect."""
        return [np.einsum('nk,kij,nj->ni', W, turn, P) + W @ shift for turn, shift in self.bends]

    def primitive(self, part, P, N, W, material, budget=None, morphs=None, importance=None, lock=None, bends=False):
        """One draw call. `morphs` gives (position, normal) differences for a shape's name, by vertex of P."""
        vi, uv, tri = part.vi, part.uv, part.tri
        if budget and len(vi) > budget:
            shapes = [P[vi]] + ([P[vi] + morphs(k)[0][vi] for k in TEST_POSES] if morphs else []) + (self.posed(P[vi], W[vi]) if bends else [])
            tri = simplify(shapes, tri, budget, None if importance is None else importance[vi], None if lock is None else lock[vi])
        used, tri = np.unique(tri, return_inverse=True)
        tri, vi, uv = tri.reshape(-1), vi[used], uv[used]
        joints, weights = four_weights(W[vi])
        g = self.g
        d = {'attributes': {'POSITION': g.accessor(P[vi].astype('f4'), VERTICES, minmax=True), 'NORMAL': g.accessor(N[vi].astype('f4'), VERTICES),
                            'TEXCOORD_0': g.accessor(uv.astype('f4'), VERTICES), 'JOINTS_0': g.accessor(joints, VERTICES),
                            'WEIGHTS_0': g.accessor(weights, VERTICES, normalized=True)},
             'indices': g.accessor(tri.astype('u2'), INDICES), 'material': material}
        if morphs:
            d['targets'] = []
            for k in MORPHS:
                p, n = morphs(k)
                p, n = p[vi], n[vi]
                n = np.where(np.abs(p).max(1, keepdims=True) < 4e-5, np.where(np.abs(n) > .06, n, 0), n)
                d['targets'].append({'POSITION': g.sparse(p, 1e-5, True), 'NORMAL': g.sparse(n, .015)})
        self.verts += len(vi)
        self.tris += len(tri) // 3
        return d

    # ------------------------------------------------------------ parts

    def build(self):
        c = self.c
        suit, self.suit_fx = c['clothes']
        self.suit, self.shoes = body.Proxy('clothes', suit), body.Proxy('clothes', c['shoes'][0])
        self.hairpiece = body.Proxy('hair', c['hair']['mesh']) if 'mesh' in c['hair'] else None
        hidden = self.suit.hides | self.shoes.hides
        self.in_face = np.zeros(len(base.v), bool)
        for i, _ in units.values():
            self.in_face[i] = True
        self.head_and_body(hidden)
        self.eyes()
        self.hair()
        self.clothes()
        g = self.g
        root = g.node(name='Human', children=self.roots)
        g.json['scenes'][0].update(nodes=[root], name=self.name)
        poses.add_clips(g, self.joint, rig, self.J, self.tails)
        top = self.P[base.verts('body'), 1].max()
        g.json['extras'] = {'height_m': round(float(top), 3), 'eye_height_m': round(float(self.J['eye_l'][1]), 3)}
        path = os.path.join(OUT, self.name + '.glb')
        g.write(path)
        print(f'{self.name}: {os.path.getsize(path) // 1024} KB, {self.verts} vertices, {self.tris} triangles, {top:.2f} m, {len(g.json["animations"])} clips')

    def layout(self):
        """The islands of the skin's picture: the head's and the body's label."""
        spans = {}
        for _, u in self.skin_faces:
            label = island[u[0]]
            if label not in spans:
                spans[label] = base.vt[island == label]
        head = next(k for k, a in spans.items() if a[:, 0].min() > .63 and a[:, 1].max() > .7)
        return head, max(spans, key=lambda k: len(spans[k])), spans[head]

    def scalp_mask(self, bald=True):
        """1 where hair grows, by body vertex, fading at the hairline."""
        piece = body.Proxy('hair', 'short04') if self.hairpiece is None or 'fringe' in self.c['hair'] else self.hairpiece
        near = np.linalg.norm(piece.off, axis=1) < .16
        mask = np.zeros(len(base.v))
        mask[np.unique(piece.ref[near])] = 1
        edges = np.array([[f[k], f[(k + 1) % 4]] for f, _ in self.skin_faces for k in range(4)])
        for _ in range(1 if self.hairpiece else 2):
            total, count = mask.copy(), np.ones(len(mask))
            for a, b in ((0, 1), (1, 0)):
                np.add.at(total, edges[:, a], mask[edges[:, b]])
                np.add.at(count, edges[:, a], 1)
            mask = total / count
        P, eye = self.P, (self.J['eye_l'] + self.J['eye_r']) / 2
        if bald and self.c['hair'].get('bald'):          # a ring of hair round the back and the sides is left
            mask = mask * np.clip((P[:, 1].max() - self.c['hair']['bald'] - P[:, 1]) / .022, 0, 1) * np.clip((eye[2] - .062 - P[:, 2]) / .03, 0, 1)
        # no hair on the cheeks: sideburns end at the ear
        return mask * np.maximum(np.clip((P[:, 1] - eye[1] + .008) / .016, 0, 1), np.clip((eye[2] - .088 - P[:, 2]) / .012, 0, 1))

    def head_picture(self, skin, head, span):
        """Cut the head out of the skin and paint what belongs on it: scalp, brows, stubble, tired eyes."""
        size = skin.shape[0]
        x0, x1 = max(int(span[:, 0].min() * size) - 4, 0), min(int(span[:, 0].max() * size) + 4, size)
        y0, y1 = int((1 - span[:, 1].max()) * size) - 4, int((1 - span[:, 1].min()) * size) + 4
        uv = np.stack([(base.vt[:, 0] * size - x0) / (x1 - x0), ((1 - base.vt[:, 1]) * size - y0) / (y1 - y0)], 1)
        w, h = 512, 960
        a = paint.resized(skin[y0:y1, x0:x1], (w, h))
        part = Part()
        for f, u in self.skin_faces:
            if island[u[0]] == head:
                part.add(f, u, uv)
        scalp = self.scalp_mask()
        where, mask = paint.bake(part.uv, part.tri, np.column_stack([self.P, scalp, self.N])[part.vi], (w, h))
        where = paint.spread(where, mask)
        xyz, grow, nz = where[..., :3], where[..., 3], where[..., 6]
        n = np.stack([paint.noise(1024, (1, 2.5), 5)[:h, :w]], -1)[..., 0]
        c, J = self.c, self.J
        hc = np.array(c['hair']['color'])
        if c['hair'].get('bald'):               # the scalp of the source picture is dark: skin instead
            eye, whole = (J['eye_l'] + J['eye_r']) / 2, self.scalp_mask(False)
            whole, _ = paint.bake(part.uv, part.tri, whole[part.vi][:, None], (w, h))
            brow = (np.abs(xyz[..., 0]) < .03) & (np.abs(xyz[..., 1] - eye[1] - .045) < .012) & (xyz[..., 2] > eye[2])
            tone = np.median(a[brow & mask], axis=0) * (1 + .035 * paint.noise(1024, 1.2, 15)[:h, :w] + .03 * paint.noise(1024, 14, 16)[:h, :w])[..., None]
            a = paint.over(a, tone, np.clip(ndi.gaussian_filter(paint.spread(whole[..., 0], mask), 5) * 1.6, 0, 1))
        alpha = np.clip((grow - .3) / .6 + n * .16 * (grow > .05), 0, 1) * (.85 if self.hairpiece else c['hair'].get('cover', .92))
        if 'scarf' in c:
            alpha = alpha * 0
        a = paint.over(a, hc * .75, alpha) * (1 + .06 * n * alpha)[..., None]
        eye = (J['eye_l'] + J['eye_r']) / 2
        half = abs(J['eye_l'][0])
        dx, dy = np.abs(xyz[..., 0]) - half, xyz[..., 1] - eye[1]
        front = np.clip((xyz[..., 2] - eye[2] + .03) / .03, 0, 1)
        if c.get('tired'):
            under = np.exp(-(dx / .016) ** 2 - ((dy + .0165) / .0075) ** 2) * front
            a = a * (1 - (under * c['tired'])[..., None] * np.array([.24, .36, .30]))
        if c.get('stubble'):
            strength, color = c['stubble']
            mouth_y = eye[1] - .068
            jaw = np.clip((eye[1] - .048 - xyz[..., 1]) / .012, 0, 1) * np.clip((xyz[..., 1] - eye[1] + .135) / .02, 0, 1)
            cheek = np.clip(1.05 - np.clip((xyz[..., 1] - (eye[1] - .075)) / .035, 0, 1) * np.clip((np.abs(xyz[..., 0]) - .012) / .02, 0, 1), 0, 1)
            lips = np.exp(-((xyz[..., 0] / .026) ** 2 + ((xyz[..., 1] - mouth_y) / .0105) ** 2) ** 2)
            behind = np.clip((xyz[..., 2] - J['head'][2] - .015) / .03, 0, 1)
            grain = np.clip(.75 + .28 * paint.noise(1024, .8, 9)[:h, :w], .2, 1.3)
            a = paint.over(a, color, np.clip(jaw * cheek * (1 - lips) * behind * strength * grain, 0, .9) * (grow < .4))
        if c.get('lined'):
            a = a * (1 - c['lined'] * self.lines(xyz, eye, half, front))[..., None] ** np.array([1., 1.25, 1.3])
        if c.get('spots'):
            spots = np.clip(paint.noise(1024, 3.2, 12)[:h, :w] - 2.1, 0, 1) * np.clip(dy / .03 + .6, 0, 1)
            a = a * (1 - c['spots'] * spots[..., None] * np.array([.30, .42, .5]))
        if c.get('flush'):
            cheeks = np.exp(-(((np.abs(xyz[..., 0]) - .036) / .020) ** 2 + ((dy + .040) / .020) ** 2)) + .8 * np.exp(-((xyz[..., 0] / .014) ** 2 + ((dy + .040) / .014) ** 2))
            a = a * (1 - c['flush'] * (cheeks * front)[..., None] * np.array([.02, .26, .22]))
        a = paint.over(a, c['brow'][1], self.brows(uv, head, (w, h)))
        return paint.picture(paint.spread(a, mask)), uv

    @staticmethod
    def lines(xyz, eye, half, front):
        """Lines that years leave: forehead, between the brows, corners of the eyes, from nose to mouth. How dark, by texel."""
        x, dy = np.abs(xyz[..., 0]), xyz[..., 1] - eye[1]
        wave = lambda k, p: .0016 * np.sin(xyz[..., 0] * 90 + k) + .0009 * np.sin(xyz[..., 0] * 230 + p)
        crease = lambda d, w: np.exp(-(d / w) ** 2)
        out = np.zeros_like(x)
        for k, (level, reach, dark) in enumerate(((.036, .034, .22), (.0445, .040, .26), (.053, .036, .20))):
            out += dark * crease(dy - level - wave(k * 2.1, k) + x * x * 2.2, .0011) * np.clip((reach - x) / .012, 0, 1)
        out += .24 * crease(x - .0075 - .02 * (dy - .012).clip(0), .0010) * np.clip((dy - .006) / .006, 0, 1) * np.clip((.026 - dy) / .006, 0, 1)
        cx, cy = x - half - .0185, dy - .001            # the outer corner of the eye
        turn, far = np.arctan2(cy, cx), np.hypot(cx, cy)
        for spoke in (.45, .08, -.30, -.66):
            out += .22 * crease((turn - spoke - far * 5) * far.clip(.004), .0009) * np.clip((far - .003) / .004, 0, 1) * np.clip((.021 - far) / .009, 0, 1) * (cx > 0)
        for level, dark in ((-.0175, .20), (-.0225, .16)):
            out += dark * crease(dy - level - ((x - half) / .02) ** 2 * .005, .0011) * np.clip((.018 - np.abs(x - half)) / .006, 0, 1)
        t = np.clip((-.040 - dy) / .036, 0, 1)
        fold = x - (.0175 + .015 * t ** .8)
        out += .26 * crease(fold, .0017) * (t > 0) * np.clip(t / .1, 0, 1) * np.clip((1 - t) / .25, 0, 1)
        corner = x - .0275 - .10 * (-.080 - dy).clip(0)
        out += .20 * crease(corner, .0016) * np.clip((-.078 - dy) / .006, 0, 1) * np.clip((dy + .102) / .012, 0, 1)
        return np.clip(ndi.gaussian_filter(out, .7) * front, 0, .5)

    def brows(self, uv, head, size):
        """The eyebrow pieces laid onto the head's picture, as opacity."""
        piece = body.Proxy('eyebrows', self.c['brow'][0])
        by_vertex = {}
        for f, u in self.skin_faces:
            if island[u[0]] == head:
                by_vertex.update(zip(f, u))
        at = np.array([sum(uv[by_vertex[r]] * k for r, k in zip(refs, ws)) / sum(ws) if all(r in by_vertex for r in refs) else [-1, -1]
                       for refs, ws in zip(piece.ref, piece.w)])
        part = Part()
        for f, u in zip(piece.faces, piece.fuv):
            part.add(f, u, piece.uv)
        keep = part.tri[(at[part.vi[part.tri]] > 0).all((1, 2))]
        src, mask = paint.bake(at[part.vi], keep, part.uv, size)
        alpha = paint.load(piece.texture(), None, 'RGBA')[..., 3]
        h, w = alpha.shape
        x, y = np.clip(src[..., 0] * w, 0, w - 1).astype(int), np.clip(src[..., 1] * h, 0, h - 1).astype(int)
        return np.clip(ndi.gaussian_filter(np.where(mask, alpha[y, x], 0), .8) * 1.15, 0, .92)

    def head_and_body(self, hidden):
        c, g = self.c, self.g
        head, trunk, span = self.layout()
        skin = paint.skin(size=1536, **c['skin'])
        picture, uv_head = self.head_picture(skin, head, span)
        uv_body = np.stack([base.vt[:, 0], 1 - base.vt[:, 1]], 1)
        small = paint.picture(paint.resized(skin, (512, 512)))
        m_head = g.material('skin_head', g.image(picture, 'skin_head', 224), rough=.56)
        m_body = g.material('skin_body', g.image(small, 'skin_body', 160), rough=.6)
        t_mouth = g.image(paint.picture(paint.mouth()), 'mouth', 64)
        m_mouth, m_teeth, m_tongue = (g.material(n, t_mouth, rough=.35) for n in ('mouth', 'teeth', 'tongue'))
        face, lining, neck, rest = Part(), Part(), Part(), Part()
        lining_uv = np.full((len(base.vt), 2), (.75, .2))
        for f, u in self.skin_faces:
            if hidden[f].all():
                continue
            label, moves = island[u[0]], self.in_face[f].any()
            if label == head:
                face.add(f, u, uv_head)
            elif label == trunk:
                (neck if moves else rest).add(f, u, uv_body)
            elif moves:
                lining.add(f, u, lining_uv)
            else:
                rest.add(f, u, uv_body)
        morphs = lambda k: (self.D[k], self.DN[k])
        self.bare = self.P
        self.P = self.P - self.N * self.sunk(hidden)[:, None]
        eye, P = (self.J['eye_l'] + self.J['eye_r']) / 2, self.P
        near = np.minimum(np.linalg.norm(P - self.J['eye_l'], axis=1), np.linalg.norm(P - self.J['eye_r'], axis=1))
        mouth = np.linalg.norm(P - (eye + [0, -.07, .03]), axis=1)
        importance = 1 + 14 * np.exp(-(near / .028) ** 2) + 9 * np.exp(-(mouth / .04) ** 2) + 3 * (P[:, 2] > eye[2] - .02)
        importance = np.where(self.scalp_mask() > .9, .15, importance)
        W = rig.weights
        shared = sum(np.isin(np.arange(len(P)), part.vi).astype(int) for part in (face, lining, neck, rest)) > 1     # no gaps between parts
        primitives = [self.primitive(face, P, self.N, W, m_head, VERTEX_BUDGET['head'], morphs, importance, shared),
                      self.primitive(lining, P, self.N, W, m_mouth, VERTEX_BUDGET['mouth'], morphs, None, shared),
                      self.primitive(neck, P, self.N, W, m_body, VERTEX_BUDGET['neck'], morphs, None, shared)]
        primitives += [self.teeth(m_teeth), self.tongue(m_tongue), self.lashes()]
        self.mesh('Head', primitives, True)
        hands = 1 + 4 * np.clip(sum(W[:, i] for n, i in bone.items() if n[:4] in ('hand', 'thum', 'inde', 'midd', 'ring', 'pink')), 0, 1)
        self.mesh('Body', [self.primitive(rest, P, self.N, W, m_body, VERTEX_BUDGET['body'], None, hands, shared, True)])

    def sunk(self, hidden):
        """How far the skin draws back under cloth, by body vertex, so that it does not show through when limbs move."""
        cloth = np.concatenate([self.fit(self.suit), self.fit(self.shoes)])
        far, near = cKDTree(cloth).query(self.P)
        outside = ((cloth[near] - self.P) * self.N).sum(1) > -.002
        hand = sum(rig.weights[:, i] for n, i in bone.items() if n[:4] in ('hand', 'thum', 'inde', 'midd', 'ring', 'pink', 'head'))
        covered = .007 * np.clip(self.scalp_mask() * 2 - .6, 0, 1) if 'scarf' in self.c else 0
        return np.where(hidden, .012, np.where(outside, .010 * np.clip(1.4 - far / .03, 0, 1), 0)) * (hand < .3) + covered

    def helper(self, names, uv_of):
        """A part made of the base mesh's helper geometry, fixed to the head."""
        part, faces = Part(), []
        for name in names:
            faces += [f for f, _ in base.faces_of(name)]
        uvs = uv_of(np.unique(np.concatenate(faces)))
        for f in faces:
            part.add(f, f, uvs)
        tri = triangles(faces)
        N = normals(self.P, tri)
        W = np.zeros((len(base.v), len(rig.names)))
        W[:, bone['head']] = 1
        morphs = lambda k: (self.D[k], normals(self.P + self.D[k], tri) - N)
        return part, N, W, morphs

    def teeth(self, material):
        P = self.P * [.88, 1, 1] - [0, 0, .004]
        uvs = np.zeros((len(base.v), 2))
        for name, top in (('helper-upper-teeth', True), ('helper-lower-teeth', False)):
            ids = base.verts(name)
            p = self.P[ids]
            angle = np.arctan2(p[:, 0], p[:, 2] - p[:, 2].min() + .004)
            level = (p[:, 1] - p[:, 1].min()) / np.ptp(p[:, 1])
            uvs[ids] = np.stack([.25 + .24 * angle / np.abs(angle).max(), .5 - (.5 * level if top else .5 * level - .5)], 1)
        part, N, W, morphs = self.helper(['helper-upper-teeth', 'helper-lower-teeth'], lambda ids: uvs)
        return self.primitive(part, P, N, W, material, None, morphs)

    def tongue(self, material):
        part, N, W, morphs = self.helper(['helper-tongue'], lambda ids: np.full((len(base.v), 2), (.75, .8)))
        return self.primitive(part, self.P, N, W, material, VERTEX_BUDGET['tongue'], morphs)

    def lashes(self):
        name, color = self.c['lash']
        piece = body.Proxy('eyelashes', name)
        P = self.fit(piece) + self.N[piece.ref[:, 0]] * .0005
        part = Part()
        for f, u in zip(piece.faces, piece.fuv):
            part.add(f, u, piece.uv)
        a = paint.load(piece.texture(), 128, 'RGBA')
        a[..., :3] = color
        a[..., 3] = np.clip(a[..., 3] * 1.1, 0, 1)
        material = self.g.material('eyelashes', self.g.image(paint.picture(a), 'eyelashes'), rough=.9, alpha='BLEND', double=True)
        tri = triangles(piece.faces)
        N = normals(P, tri)
        W = np.zeros((len(P), len(rig.names)))
        W[:, bone['head']] = 1

        def morphs(k):
            moved = self.raw.copy()
            moved += self.D[k] * 10
            d = self.fit(piece, moved) - self.fit(piece)
            return d, np.zeros_like(d)
        return self.primitive(part, P, N, W, material, None, morphs)

    def eyes(self):
        """Two balls with a raised cornea, each turned by its own bone."""
        material = self.g.material('eyes', self.g.image(paint.picture(paint.eye(self.c['iris'])), 'eyes', 200), rough=.12)
        points, norms, uv, tri, weights = [], [], [], [], []
        rings, spokes = [0, 8, 16, 22, 27, 31, 38, 52, 68, 85, 105], 16
        for side in 'lr':
            centre = self.J[f'eye_{side}']
            ball = self.P[base.verts(f'helper-{side}-eye')]
            radius = np.median(np.linalg.norm(ball - centre, axis=1))
            first = len(points)
            for i, deg in enumerate(rings):
                t = np.radians(deg)
                r = radius * (1 + .045 * np.clip(1 - (deg / 31) ** 2, 0, 1) ** 1.)
                for k in range(spokes if i else 1):
                    a = 2 * np.pi * k / spokes
                    d = np.array([np.sin(t) * np.cos(a), np.sin(t) * np.sin(a), np.cos(t)])
                    points.append(centre + d * r)
                    bend = d * [1.25, 1.25, 1] if deg < 31 else d
                    norms.append(bend / np.linalg.norm(bend))
                    q = .5 * .30 * deg / 29 if deg <= 29 else .5 * (.30 + .70 * (deg - 29) / 76)
                    uv.append((.5 + q * np.cos(a), .5 - q * np.sin(a)))
                    w = np.zeros(len(rig.names))
                    w[bone[f'eye_{side}']] = 1
                    weights.append(w)
            at = lambda i, k: first if i == 0 else first + 1 + (i - 1) * spokes + k % spokes
            for i in range(len(rings) - 1):
                for k in range(spokes):
                    if i:
                        tri.append((at(i, k), at(i + 1, k), at(i + 1, k + 1)))
                        tri.append((at(i, k), at(i + 1, k + 1), at(i, k + 1)))
                    else:
                        tri.append((at(0, 0), at(1, k), at(1, k + 1)))
        part = Part()
        for t in tri:
            part.add(t, t, uv)
        self.mesh('Eyes', [self.primitive(part, np.array(points), np.array(norms), np.array(weights), material)])

    def hair(self):
        """What is on the head: hair, headscarf, glasses, headset. A cropped head has none of it: its hair is painted."""
        h, g = self.c['hair'], self.g
        primitives = []
        head_only = np.zeros((1, len(rig.names)))
        head_only[0, bone['head']] = 1
        if 'shell' in h:
            head, _, _ = self.layout()
            faces = [f for f, u in self.skin_faces if island[u[0]] == head]
            centre = self.J['head'] + [0, .075, .0]
            part, P, N = modelled.hair_shell(self.P, self.N, faces, self.scalp_mask(), centre, h['shell'], h.get('lumps', .22))
            material = g.material('hair', g.image(paint.picture(paint.curls(h['color'], tight=h.get('tight', 1.), depth=h.get('depth', 1.))), 'hair', 64), rough=.95)
            primitives.append(self.primitive(part, P, N, np.repeat(head_only, len(P), 0), material, 700))
        elif self.hairpiece:
            piece = self.hairpiece
            P = self.fit(piece)
            out = P - (self.J['head'] + [0, .09, .01])
            away = out / np.linalg.norm(out, axis=1, keepdims=True)
            if 'fringe' in h:       # a strand that hides an eye is taken up into the fringe
                eye = self.J['eye_l']
                edge = eye[1] + h['fringe'] - 2.6 * (np.abs(P[:, 0]) - .042).clip(0)
                P[:, 1] = np.where(P[:, 2] > eye[2] - .030, np.maximum(P[:, 1], edge), P[:, 1])
            W = np.repeat(head_only, len(P), 0) if h.get('head_only') else piece.weights(rig.weights)
            part = Part()
            for f, u in zip(piece.faces, piece.fuv):
                part.add(f, u, piece.uv)
            N = normals(P, triangles(piece.faces)) * .4 + away * .6
            N /= np.linalg.norm(N, axis=1, keepdims=True)
            im = paint.picture(paint.hair(piece.texture(), h['color'], contrast=h.get('contrast', .9)))
            alpha = im.getchannel('A').point(lambda x: x // 17 * 17)
            rgb = im.convert('RGB').quantize(64, dither=0).convert('RGB')
            rgb.putalpha(alpha)
            material = g.material('hair', g.image(rgb, 'hair'), rough=.78, alpha='MASK', cutoff=h.get('cutoff', .35), double=True)
            primitives.append(self.primitive(part, P, N, W, material, h['verts']))
        c, J = self.c, self.J
        skin = self.bare[base.verts('body')]
        head = skin[skin[:, 1] > J['neck_01'][1] - .06]
        W_head = rig.weights[base.verts('body')][skin[:, 1] > J['neck_01'][1] - .06]
        if 'scarf' in c:
            cloth, W = self.fit(self.suit), self.suit.weights(rig.weights)
            primitives.append(self.modelled('headscarf', modelled.headscarf(rig.names, head, cloth, W_head, W, J, c['scarf']), .95))
        if 'glasses' in c:
            primitives.append(self.modelled('glasses', modelled.glasses(rig.names, head, J, c['glasses']), .35))
        if c.get('headset'):
            primitives.append(self.modelled('headset', modelled.headset(rig.names, head, J), .6))
        if primitives:
            self.mesh('hair', primitives)

    def modelled(self, name, made, rough, colours=64):
        piece, picture = made
        part, P, N, W = piece.finish()
        material = self.g.material(name, self.g.image(picture, name, colours), rough=rough, double=True)
        return self.primitive(part, P, N, W, material)

    def clothes(self):
        suit = self.suit
        P, W = self.fit(suit), suit.weights(rig.weights)
        part = Part()
        for f, u in zip(suit.faces, suit.fuv):
            part.add(f, u, suit.uv)
        limb = np.stack([sum(W[:, bone[f'{b}_{s}']] for b in names for s in 'lr') for names in (('upperarm', 'lowerarm', 'hand'), ('thigh', 'calf', 'foot'))], 1)
        cloth = paint.Cloth(suit, part, P, limb)
        self.suit_fx(cloth, self.J)
        material = self.g.material('clothes', self.g.image(cloth.image(), 'clothes', 200), rough=.9, double=True)
        N = normals(P, triangles(suit.faces))
        primitives = [self.primitive(part, P, N, W, material, self.c.get('cloth_verts', VERTEX_BUDGET['clothes']), bends=True)]
        c, J = self.c, self.J
        trunk = limb[:, 0] < .3
        if 'skirt' in c:
            k = dict(c['skirt'])
            legs = J['pelvis'][1] - J['foot_l'][1]
            low = J['foot_l'][1] + legs * k.pop('hem')
            top = J['pelvis'][1] + k.pop('waist', .10)
            spart, SP, SN, SW, picture = modelled.skirt(base, self.bare, rig.weights, rig.names, P[trunk], top, low, **k)
            sm = self.g.material('skirt', self.g.image(picture, 'skirt', 64), rough=.92, double=True)
            primitives.append(self.primitive(spart, SP, SN, SW, sm, 420, bends=True))
            if 'belt' in c:
                primitives.append(self.modelled('belt', modelled.belt(rig.names, P[trunk], W[trunk], top - .012, c['belt']), .92))
        if 'hood' in c:
            primitives.append(self.modelled('hood', modelled.hood(rig.names, P, W, J, c['hood']), .92))
        if 'card' in c:
            primitives.append(self.modelled('card', modelled.card(rig.names, P, W, J, c['card']), .5))
        self.mesh('clothes', primitives)
        if 'vest' in self.c:
            vest = Vest(P, suit.faces, W, rig.names, self.J, self.c['vest'])
            vpart, VP, VW = vest.part()
            vm = self.g.material('vest', self.g.image(vest.texture(), 'vest', 128), rough=.8, double=True)
            self.mesh('vest', [self.primitive(vpart, VP, normals(VP, np.array(vest.faces)), VW, vm, 900)])
        name, tint = self.c['shoes']
        shoes = self.shoes
        P, W = self.fit(shoes), shoes.weights(rig.weights)
        part = Part()
        for f, u in zip(shoes.faces, shoes.fuv):
            part.add(f, u, shoes.uv)
        a = paint.load(shoes.texture(), 256)
        if tint:
            a = np.array(tint) * (a.mean(2, keepdims=True) / max(np.median(a), .05)) ** .7
        material = self.g.material('shoes', self.g.image(paint.picture(a), 'shoes', 96), rough=.6, double=True)
        self.mesh('shoes', [self.primitive(part, P, normals(P, triangles(shoes.faces)), W, material, VERTEX_BUDGET['shoes'])])


if __name__ == '__main__':
    os.makedirs(OUT, exist_ok=True)
    for person in sys.argv[1:] or PEOPLE:
        Person(person).build()
