"""Triangle meshes: indexed corners, normals, half-edge simplification that keeps texture, weights and morphs valid."""
import hashlib
import heapq
import os

import numpy as np
from scipy.sparse import coo_matrix

from sources import CACHE


class Part:
    """Faces as (vertex, texture coordinate) corners. `vi` and `uv` have one row a corner kind, `tri` indexes them."""

    def __init__(self):
        self._key, self._vi, self._uv, self._tri = {}, [], [], []

    def add(self, face, face_uv, uvs):
        ids = []
        for corner in zip(face, face_uv):
            if corner not in self._key:
                self._key[corner] = len(self._vi)
                self._vi.append(corner[0])
                self._uv.append(uvs[corner[1]])
            ids.append(self._key[corner])
        for k in range(1, len(ids) - 1):
            self._tri.append((ids[0], ids[k], ids[k + 1]))

    @property
    def vi(self):
        return np.array(self._vi, int)

    @property
    def uv(self):
        return np.array(self._uv, float).reshape(-1, 2)

    @property
    def tri(self):
        return np.array(self._tri, int).reshape(-1, 3)


def triangles(faces):
    return np.array([(f[0], f[k], f[k + 1]) for f in faces for k in range(1, len(f) - 1)], int)


def normals(v, tri):
    """Area-weighted normals of the vertices."""
    rows, cols = tri.reshape(-1), np.repeat(np.arange(len(tri)), 3)
    gather = coo_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(v), len(tri))).tocsr()
    n = gather @ np.cross(v[tri[:, 1]] - v[tri[:, 0]], v[tri[:, 2]] - v[tri[:, 0]])
    length = np.linalg.norm(n, axis=1, keepdims=True)
    return n / np.where(length == 0, 1, length)


def _planes(p, tri):
    n = np.cross(p[tri[:, 1]] - p[tri[:, 0]], p[tri[:, 2]] - p[tri[:, 0]])
    area = np.linalg.norm(n, axis=1, keepdims=True)
    n = n / np.where(area == 0, 1, area)
    return np.concatenate([n, -(n * p[tri[:, 0]]).sum(1, keepdims=True)], 1), area[:, 0]


def remembered(work):
    """Keep results by the sum of what went in: simplifying takes most of a build, and most changes are to paint or poses."""
    def lookup(shapes, tri, target, importance=None, lock=None):
        key = hashlib.sha256(open(__file__, 'rb').read() + str(target).encode())
        for a in (*shapes, tri, importance, lock):
            key.update(b'-' if a is None else np.ascontiguousarray(a).tobytes())
        path = os.path.join(CACHE, 'simplified', key.hexdigest() + '.npy')
        if not os.path.exists(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            np.save(path + '.part.npy', work(shapes, tri, target, importance, lock))
            os.replace(path + '.part.npy', path)
        return np.load(path)
    return lookup


@remembered
def simplify(shapes, tri, target, importance=None, lock=None):
    """Collapse edges onto one of their ends until `target` vertices are left; returns the triangles that remain.

    `shapes` is a list of vertex arrays of the same mesh (rest and posed): the error is summed over all of them, so
    that a lip or an eyelid keeps the loops it needs to move. Seams keep all their vertices; open edges may only
    shrink along themselves.
    """
    rest, tri = shapes[0], np.array(tri)
    count = len(rest)
    _, twin = np.unique(np.round(rest, 6), axis=0, return_inverse=True)
    seam = np.bincount(twin.reshape(-1))[twin.reshape(-1)] > 1
    fixed = seam if lock is None else seam | lock
    edges = np.sort(np.concatenate([tri[:, [0, 1]], tri[:, [1, 2]], tri[:, [2, 0]]]), 1)
    unique, uses = np.unique(edges, axis=0, return_counts=True)
    open_edges = {tuple(e) for e in unique[uses == 1]}
    rim = np.zeros(count, bool)
    for a, b in open_edges:
        rim[a] = rim[b] = True

    quad = np.zeros((len(shapes), count, 4, 4))
    for k, p in enumerate(shapes):
        plane, area = _planes(p, tri)
        q = plane[:, :, None] * plane[:, None, :] * area[:, None, None]
        for c in range(3):
            np.add.at(quad[k], tri[:, c], q)
        face_of = {}
        for i, t in enumerate(tri):
            for a, b in ((t[0], t[1]), (t[1], t[2]), (t[2], t[0])):
                face_of[(min(a, b), max(a, b))] = i
        for a, b in open_edges:
            n = np.cross(p[b] - p[a], plane[face_of[(a, b)], :3])
            n /= np.linalg.norm(n) + 1e-12
            w = np.array([*n, -n @ p[a]])
            q = np.outer(w, w) * 3 * ((p[b] - p[a]) ** 2).sum()
            quad[k, a] += q
            quad[k, b] += q
    if importance is not None:
        quad *= importance[None, :, None, None]
    ones = np.stack([np.concatenate([p, np.ones((count, 1))], 1) for p in shapes], 1)
    quad = np.ascontiguousarray(quad.transpose(1, 0, 2, 3)).reshape(count, -1)
    place = (ones[:, :, :, None] * ones[:, :, None, :]).reshape(count, -1)
    points = [tuple(float(x) for x in p) for p in rest]

    faces = [set() for _ in range(count)]
    live = [tuple(t) for t in tri]
    for i, t in enumerate(live):
        for a in t:
            faces[a].add(i)
    version = np.zeros(count, int)

    def cost(u, v):
        total = float((quad[u] + quad[v]) @ place[v])
        return max(total, 0) + 1e-7 * sum((a - b) ** 2 for a, b in zip(points[u], points[v]))

    def normal(t):
        (ax, ay, az), (bx, by, bz), (cx, cy, cz) = points[t[0]], points[t[1]], points[t[2]]
        ux, uy, uz, vx, vy, vz = bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az
        return uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx

    def turns_too_far(old, new):
        (a, b, c), (d, e, f) = normal(old), normal(new)
        return a * d + b * e + c * f < .3 * ((a * a + b * b + c * c) * (d * d + e * e + f * f)) ** .5

    def neighbours(u):
        return {b for i in faces[u] for b in live[i]} - {u}

    def push(u):
        for v in neighbours(u):
            for a, b in ((u, v), (v, u)):
                if not fixed[a] and (not rim[a] or (min(a, b), max(a, b)) in open_edges):
                    heapq.heappush(heap, (cost(a, b), a, b, version[a], version[b]))

    heap = []
    for a, b in unique:
        for u, v in ((a, b), (b, a)):
            if not fixed[u] and (not rim[u] or (a, b) in open_edges):
                heapq.heappush(heap, (cost(u, v), u, v, 0, 0))
    used = sum(1 for f in faces if f)
    while heap and used > target:
        _, u, v, vu, vv = heapq.heappop(heap)
        if version[u] != vu or version[v] != vv or not faces[u] or not faces[v]:
            continue
        shared = faces[u] & faces[v]
        if len(neighbours(u) & neighbours(v)) != len(shared) or not shared:
            continue
        moved, good = {}, True
        for i in faces[u] - shared:
            new = tuple(v if a == u else a for a in live[i])
            if turns_too_far(live[i], new):
                good = False
                break
            moved[i] = new
        if not good:
            continue
        if rim[u]:
            for w in neighbours(u):
                key = (min(u, w), max(u, w))
                if key in open_edges:
                    open_edges.discard(key)
                    if w != v:
                        open_edges.add((min(v, w), max(v, w)))
        for i in shared:
            for a in live[i]:
                faces[a].discard(i)
            live[i] = None
        for i, new in moved.items():
            live[i] = new
            faces[v].add(i)
        faces[u] = set()
        quad[v] += quad[u]
        version[u] += 1
        version[v] += 1
        used -= 1
        push(v)
    return np.array([t for t in live if t is not None], int)
