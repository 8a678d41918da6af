"""Contact sheets: a small software rasteriser that shows what is in the built files. Not needed to build.

    python3 assets/build/sheet.py out.png file.glb "clip@seconds:view[,yaw]:morph=1,..." ...
    python3 assets/build/sheet.py assets/pictures/people.jpg size=130x180 columns=12 people=assets/people
    views: face, bust, full, eyes, hands (both), hand (the right one); or "at x,y,z x,y,z fov" (camera, target) for places
"""
import io
import json
import os
import struct
import sys

import sources

sources.environment()

import numpy as np
from PIL import Image

READ = {5126: 'f4', 5123: 'u2', 5121: 'u1', 5125: 'u4'}
WIDTH = {'SCALAR': 1, 'VEC2': 2, 'VEC3': 3, 'VEC4': 4, 'MAT4': 16}


class Scene:
    def __init__(self, path):
        f = open(path, 'rb').read()
        n = struct.unpack('<I', f[12:16])[0]
        self.j, self.b = json.loads(f[20:20 + n]), f[28 + n:]
        self.images = {}
        self.parent = {c: i for i, x in enumerate(self.j['nodes']) for c in x.get('children', [])}

    def raw(self, view, kind, count, width, offset=0):
        v = self.j['bufferViews'][view]
        return np.frombuffer(self.b, READ[kind], count * width, v.get('byteOffset', 0) + offset).reshape(count, width)

    def get(self, i):
        a = self.j['accessors'][i]
        w = WIDTH[a['type']]
        out = self.raw(a['bufferView'], a['componentType'], a['count'], w, a.get('byteOffset', 0)).astype('f8') if 'bufferView' in a else np.zeros((a['count'], w))
        if 'sparse' in a:
            s = a['sparse']
            ids = self.raw(s['indices']['bufferView'], s['indices']['componentType'], s['count'], 1)[:, 0]
            out[ids] = self.raw(s['values']['bufferView'], a['componentType'], s['count'], w)
        if a.get('normalized'):
            out = out / np.iinfo(READ[a['componentType']]).max
        return out

    def image(self, texture):
        i = self.j['textures'][texture]['source']
        if i not in self.images:
            v = self.j['bufferViews'][self.j['images'][i]['bufferView']]
            data = self.b[v.get('byteOffset', 0):v.get('byteOffset', 0) + v['byteLength']]
            self.images[i] = np.asarray(Image.open(io.BytesIO(data)).convert('RGBA'), np.float32) / 255
        return self.images[i]


def quat(q):
    x, y, z, w = q
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)], [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                     [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]])


def pose(s, clip, t):
    trs = {i: [np.array(x.get('translation', [0, 0, 0]), float), np.array(x.get('rotation', [0, 0, 0, 1]), float), np.array(x.get('scale', [1, 1, 1]), float)] for i, x in enumerate(s.j['nodes'])}
    for an in s.j.get('animations', []):
        if an['name'] == clip:
            for c in an['channels']:
                sm = an['samplers'][c['sampler']]
                ts, vs = s.get(sm['input'])[:, 0], s.get(sm['output'])
                v = np.array([np.interp(t, ts, vs[:, k]) for k in range(vs.shape[1])]) if len(ts) > 1 else vs[0]
                slot = {'translation': 0, 'rotation': 1, 'scale': 2}[c['target']['path']]
                trs[c['target']['node']][slot] = v / np.linalg.norm(v) if slot == 1 else v
    world = {}

    def of(i):
        if i not in world:
            m = np.eye(4)
            m[:3, :3] = quat(trs[i][1]) * trs[i][2]
            m[:3, 3] = trs[i][0]
            world[i] = of(s.parent[i]) @ m if i in s.parent else m
        return world[i]

    for i in trs:
        of(i)
    return world


def gather(s, clip='', t=0., morphs=None):
    """World-space primitives: positions, normals, uv, triangles, material."""
    world, out = pose(s, clip, t), []
    for i, node in enumerate(s.j['nodes']):
        if 'mesh' not in node:
            continue
        mesh = s.j['meshes'][node['mesh']]
        names = mesh.get('extras', {}).get('targetNames', [])
        for p in mesh['primitives']:
            a = p['attributes']
            P, N = s.get(a['POSITION']), s.get(a['NORMAL'])
            for name, w in (morphs or {}).items():
                if name in names and 'targets' in p:
                    g = p['targets'][names.index(name)]
                    P, N = P + w * s.get(g['POSITION']), N + w * s.get(g['NORMAL'])
            if 'skin' in node:
                sk = s.j['skins'][node['skin']]
                ibm = s.get(sk['inverseBindMatrices']).reshape(-1, 4, 4).transpose(0, 2, 1)
                M = np.array([world[j] for j in sk['joints']]) @ ibm
                W, J = s.get(a['WEIGHTS_0']), s.get(a['JOINTS_0']).astype(int)
                B = (M[J] * W[..., None, None]).sum(1)
            else:
                B = np.broadcast_to(world[i], (len(P), 4, 4))
            P = np.einsum('nij,nj->ni', B[:, :3, :3], P) + B[:, :3, 3]
            N = np.einsum('nij,nj->ni', B[:, :3, :3], N)
            uv = s.get(a['TEXCOORD_0']) if 'TEXCOORD_0' in a else np.zeros((len(P), 2))
            out.append((P, N, uv, s.get(p['indices'])[:, 0].astype(int).reshape(-1, 3), s.j['materials'][p['material']]))
    return out


def render(s, prims, eye, target, fov, size=(300, 420), back=(.36, .40, .45), lights=None, ambient=(.34, .36, .40), scale=None):
    scale = scale or int(os.environ.get('SHEET_SCALE', 2))
    W, H = size[0] * scale, size[1] * scale
    img, zb = np.ones((H, W, 3), np.float32) * np.array(back, 'f4') ** 2.2, np.full((H, W), 1e9)
    eye, target = np.array(eye, float), np.array(target, float)
    f = (target - eye) / np.linalg.norm(target - eye)
    r = np.cross(f, [0, 1, 0])
    r /= np.linalg.norm(r)
    R = np.stack([r, np.cross(r, f), -f])
    k = H / 2 / np.tan(np.radians(fov) / 2)
    lights = lights or [((.5, .7, .8), (1.5, 1.42, 1.32)), ((-.8, .25, .45), (.45, .5, .58)), ((.2, .5, -1), (.5, .5, .5))]
    prims = sorted(prims, key=lambda p: p[4].get('alphaMode') == 'BLEND')
    for P, N, uv, tri, m in prims:
        pbr = m.get('pbrMetallicRoughness', {})
        col = np.array(pbr.get('baseColorFactor', [1, 1, 1, 1]))
        tex = s.image(pbr['baseColorTexture']['index']) if 'baseColorTexture' in pbr else None
        mode, cut, double = m.get('alphaMode', 'OPAQUE'), m.get('alphaCutoff', .5), m.get('doubleSided', False)
        glow = np.array(m.get('emissiveFactor', [0, 0, 0])) * m.get('extensions', {}).get('KHR_materials_emissive_strength', {}).get('emissiveStrength', 1)
        rough = pbr.get('roughnessFactor', 1.)
        V = (P - eye) @ R.T
        before = V[tri][..., 2]
        flat = np.stack([W / 2 + k * V[:, 0] / -V[:, 2].clip(None, -.05), H / 2 - k * V[:, 1] / -V[:, 2].clip(None, -.05)], 1)[tri]
        seen = (np.floor(flat.max(1) - .5) >= np.ceil(flat.min(1) - .5)).all(1) & (flat.max(1) > 0).all(1) & (flat.min(1) < [W, H]).all(1)      # holds the middle of a pixel
        seen = (seen | (before > -.05).any(1)) & (before <= -.05).any(1)
        if not double:
            seen &= (np.cross(P[tri[:, 1]] - P[tri[:, 0]], P[tri[:, 2]] - P[tri[:, 0]]) * (eye - P[tri[:, 0]])).sum(1) > 0
        for t in tri[seen]:
            c = V[t]
            if (c[:, 2] > -.05).all():
                continue
            if (c[:, 2] > -.05).any():       # clip against the near plane
                poly = []
                for a in range(3):
                    b = (a + 1) % 3
                    ia, ib = c[a, 2] <= -.05, c[b, 2] <= -.05
                    e = np.eye(3)
                    if ia:
                        poly.append(e[a])
                    if ia != ib:
                        q = (-.05 - c[a, 2]) / (c[b, 2] - c[a, 2])
                        poly.append(e[a] * (1 - q) + e[b] * q)
                fans = [np.array([poly[0], poly[n], poly[n + 1]]) for n in range(1, len(poly) - 1)]
            else:
                fans = [np.eye(3)]
            face = np.cross(P[t[1]] - P[t[0]], P[t[2]] - P[t[0]])
            if not double and face @ (eye - P[t[0]]) <= 0:
                continue
            for B in fans:
                q = B @ c
                xy = np.stack([W / 2 + k * q[:, 0] / -q[:, 2], H / 2 - k * q[:, 1] / -q[:, 2]], 1)
                x0, y0 = np.maximum(np.floor(xy.min(0)).astype(int), 0)
                x1, y1 = np.ceil(xy.max(0)).astype(int)
                x1, y1 = min(x1, W - 1), min(y1, H - 1)
                if x1 < x0 or y1 < y0:
                    continue
                a0, b0, c0 = xy
                area = (b0[0] - a0[0]) * (c0[1] - a0[1]) - (b0[1] - a0[1]) * (c0[0] - a0[0])
                if abs(area) < 1e-9:
                    continue
                X, Y = np.meshgrid(np.arange(x0, x1 + 1) + .5, np.arange(y0, y1 + 1) + .5)
                u = ((b0[0] - X) * (c0[1] - Y) - (b0[1] - Y) * (c0[0] - X)) / area
                v = ((c0[0] - X) * (a0[1] - Y) - (c0[1] - Y) * (a0[0] - X)) / area
                ins = (u >= 0) & (v >= 0) & (u + v <= 1)
                if not ins.any():
                    continue
                w = np.stack([u[ins], v[ins], 1 - u[ins] - v[ins]], 1) / -q[:, 2]
                z = 1 / w.sum(1)
                w = (w * z[:, None]) @ B
                iy, ix = np.nonzero(ins)
                iy, ix = iy + y0, ix + x0
                ok = z < zb[iy, ix]
                if not ok.any():
                    continue
                iy, ix, z, w = iy[ok], ix[ok], z[ok], w[ok]
                base = texel = np.broadcast_to(col, (len(z), 4))
                if tex is not None:
                    h, ww = tex.shape[:2]
                    p = (w @ uv[t]) * [ww, h] - .5
                    p0 = np.floor(p).astype(int)
                    fr = p - p0
                    sx, sy = (p0[:, 0] % ww, (p0[:, 0] + 1) % ww), (p0[:, 1] % h, (p0[:, 1] + 1) % h)
                    g = (tex[sy[0], sx[0]] * ((1 - fr[:, :1]) * (1 - fr[:, 1:])) + tex[sy[0], sx[1]] * (fr[:, :1] * (1 - fr[:, 1:])) +
                         tex[sy[1], sx[0]] * ((1 - fr[:, :1]) * fr[:, 1:]) + tex[sy[1], sx[1]] * (fr[:, :1] * fr[:, 1:]))
                    texel = np.concatenate([g[:, :3] ** 2.2, g[:, 3:]], 1)
                    base = texel * col
                if mode == 'MASK':
                    ok = base[:, 3] >= cut
                    iy, ix, z, w, base = iy[ok], ix[ok], z[ok], w[ok], base[ok]
                    texel = texel[ok]
                    if not len(z):
                        continue
                n = w @ N[t]
                n /= np.linalg.norm(n, axis=1, keepdims=True) + 1e-9
                pos = w @ P[t]
                view = eye - pos
                view /= np.linalg.norm(view, axis=1, keepdims=True)
                n = np.where((n * view).sum(1, keepdims=True) < 0, -n, n) if double else n
                c3 = base[:, :3] * np.array(ambient) * (.65 + .35 * n[:, 1:2])
                for d, power in lights:
                    d, power = np.array(d, float), np.array(power)
                    if len(d) == 4:          # a lamp: x, y, z, reach
                        to = d[:3] - pos
                        dist = np.linalg.norm(to, axis=1, keepdims=True)
                        L, power = to / dist, power * (d[3] / (d[3] + dist)) ** 2 * 4 / (1 + dist)
                    else:
                        L = np.broadcast_to(d / np.linalg.norm(d), pos.shape)
                    hv = L + view
                    hv /= np.linalg.norm(hv, axis=1, keepdims=True)
                    e = 2 / max(rough, .08) ** 4
                    sp = .04 * (e + 2) / 8 * np.clip((n * hv).sum(1, keepdims=True), 0, 1) ** e
                    c3 = c3 + (base[:, :3] + np.minimum(sp, 3)) * np.clip((n * L).sum(1, keepdims=True), 0, 1) * power * .8
                if glow.any():
                    c3 = c3 + glow * (texel[:, :3] if 'emissiveTexture' in m else 1)
                if mode == 'BLEND':
                    al = base[:, 3:]
                    img[iy, ix] = img[iy, ix] * (1 - al) + c3 * al
                else:
                    img[iy, ix] = c3
                    zb[iy, ix] = z
    img = img / (1 + img * .18)
    out = Image.fromarray((np.clip(img, 0, 1) ** (1 / 2.2) * 255).astype('u1'))
    return out.resize(size, Image.LANCZOS)


def person(s, shot, size=(300, 420)):
    clip, view, morphs = (shot.split(':') + ['', ''])[:3]
    name, _, t = clip.partition('@')
    values = {a: float(b) for a, b in (x.split('=') for x in morphs.split(',') if x)}
    prims = gather(s, name, float(t or 0), values)
    nodes = {x.get('name'): i for i, x in enumerate(s.j['nodes'])}
    w = pose(s, name, float(t or 0))
    eyes = (w[nodes['eye_l']][:3, 3] + w[nodes['eye_r']][:3, 3]) / 2
    kind, _, yaw = view.partition(',')
    yaw = np.radians(float(yaw or 20))
    middle = (w[nodes['hand_l']][:3, 3] + w[nodes['hand_r']][:3, 3]) / 2
    target, dist, fov, up = {'hands': (middle, 1.3, 24, .1), 'hand': (w[nodes['middle_01_r']][:3, 3], .8, 20, .1), 'face': (eyes + [0, -.035, .0], .85, 25, 0.), 'eyes': (eyes + [0, -.01, 0], .5, 15, 0.), 'bust': (eyes + [0, -.2, 0], 1.6, 32, .05)}.get(kind, (np.array([0, .86, 0]), 4.2, 27, .35))
    return render(s, prims, target + [np.sin(yaw) * dist, up, np.cos(yaw) * dist], target, fov, size)


MOODS = [   # frightened, angry, in despair
    'browInnerUp=.75,browOuterUpLeft=.5,browOuterUpRight=.5,eyeWideLeft=.8,eyeWideRight=.8,jawOpen=.14,mouthStretchLeft=.45,mouthStretchRight=.45',
    'browDownLeft=.95,browDownRight=.95,eyeSquintLeft=.4,eyeSquintRight=.4,noseSneerLeft=.5,noseSneerRight=.5,mouthPressLeft=.5,mouthPressRight=.5,mouthFrownLeft=.3,mouthFrownRight=.3',
    'browInnerUp=1,mouthFrownLeft=.8,mouthFrownRight=.8,eyeBlinkLeft=.3,eyeBlinkRight=.3,eyeLookDownLeft=.5,eyeLookDownRight=.5,mouthShrugLower=.5,cheekSquintLeft=.3,cheekSquintRight=.3']
FIGURES = ['idle_calm@1', 'wringing@1', 'open_palms@1', 'arms_crossed@1', 'pointing@1', 'hand_on_chest@1']


def everybody(folder):
    """Three pictures of each person: at rest, in one of three moods, in full with one of six clips. Officers last."""
    shots = []
    names = sorted(os.listdir(folder), key=lambda n: (n.startswith('officer'), n))
    for i, name in enumerate(n for n in names if n.endswith('.glb')):
        shots += [os.path.join(folder, name), 'idle_calm@1:face,16:browInnerUp=.12,mouthSmileLeft=.12,mouthSmileRight=.12', f'idle_anxious@1:face,-12:{MOODS[i % 3]}' if i % 3 != 1 else f'idle_calm@1:face,-12:{MOODS[1]}',
                  f'{FIGURES[i % 6]}:full,22']
    return shots


def main():
    out, shots, s, frames, size = sys.argv[1], sys.argv[2:], None, [], (300, 420)
    columns = 6
    shots = [x for shot in shots for x in (everybody(shot[7:]) if shot.startswith('people=') else [shot])]
    for shot in shots:
        if shot.endswith('.glb'):
            s = Scene(shot)
        elif shot.startswith('size='):
            size = tuple(int(x) for x in shot[5:].split('x'))
        elif shot.startswith('columns='):
            columns = int(shot[8:])
        elif shot.startswith('at '):
            eye, target, fov = shot[3:].split()[:3]
            night = shot.endswith('night')
            kw = dict(back=(.03, .04, .07), ambient=(.10, .12, .17), lights=[((.2, 4.2, 1.0, 3), (9, 6.2, 3.4)), ((0.3, .8, .5), (.10, .13, .20))]) if night else dict(back=(.6, .68, .76))
            frames.append(render(s, gather(s), [float(x) for x in eye.split(',')], [float(x) for x in target.split(',')], float(fov), size, **kw))
        else:
            frames.append(person(s, shot, size))
    columns = min(columns, len(frames))
    rows = -(-len(frames) // columns)
    page = Image.new('RGB', (columns * size[0], rows * size[1]))
    for i, frame in enumerate(frames):
        page.paste(frame, (i % columns * size[0], i // columns * size[1]))
    page.save(out, quality=80)


if __name__ == '__main__':
    main()
