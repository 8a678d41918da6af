"""Textures. Cloth and skin are painted by where a texel lies on the body, not by where it lies in the picture."""
import functools
import os

import numpy as np
from PIL import Image
from scipy import ndimage as ndi

from sources import MAKEHUMAN


def load(path, size=None, mode='RGB'):
    image = Image.open(path).convert(mode)
    if size:
        image = image.resize(size if isinstance(size, tuple) else (size, size), Image.LANCZOS)
    return np.asarray(image, np.float32) / 255


def picture(a):
    return Image.fromarray((np.clip(a, 0, 1) * 255 + .5).astype(np.uint8))


def resized(a, size):
    return np.stack([np.asarray(Image.fromarray(a[..., c].astype('f4')).resize(size, Image.LANCZOS)) for c in range(a.shape[2])], -1)


@functools.lru_cache(maxsize=40)
def noise(size, sigma, seed):
    """Smooth noise, 1 strong on average; the same array for the same numbers, so do not change it."""
    n = ndi.gaussian_filter(np.random.default_rng(seed).standard_normal((size, size)).astype('f4'), sigma, mode='wrap')
    return n / n.std()


def bake(uv, tri, values, size):
    """Spread values of the corners over the texture: (size_y, size_x, channels) and the mask of covered texels."""
    w, h = size if isinstance(size, tuple) else (size, size)
    out, mask = np.zeros((h, w, values.shape[1]), np.float32), np.zeros((h, w), bool)
    p = uv * [w, h] - .5
    for t in tri:
        a, b, c = p[t]
        x0, y0 = np.floor(np.minimum(np.minimum(a, b), c)).astype(int)
        x1, y1 = np.ceil(np.maximum(np.maximum(a, b), c)).astype(int)
        x0, y0, x1, y1 = max(x0, 0), max(y0, 0), min(x1, w - 1), min(y1, h - 1)
        area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
        if x1 < x0 or y1 < y0 or abs(area) < 1e-12:
            continue
        x, y = np.meshgrid(np.arange(x0, x1 + 1), np.arange(y0, y1 + 1))
        u = ((b[0] - x) * (c[1] - y) - (b[1] - y) * (c[0] - x)) / area
        v = ((c[0] - x) * (a[1] - y) - (c[1] - y) * (a[0] - x)) / area
        inside = (u > -.02) & (v > -.02) & (u + v < 1.02)
        weights = np.stack([u, v, 1 - u - v], -1)[inside]
        out[y[inside], x[inside]] = weights @ values[t]
        mask[y[inside], x[inside]] = True
    return out, mask


def spread(a, mask):
    """Give texels outside the mask the value of the nearest one inside, so that seams do not bleed."""
    if not mask.any():
        return a
    index = ndi.distance_transform_edt(~mask, return_distances=False, return_indices=True)
    return a[tuple(index)]


# ---------------------------------------------------------------- skin

def skin(names, weights=None, size=1024, saturation=1., gain=(1, 1, 1), gamma=1., freckles=0., detail=1., seed=1):
    """A blend of the 512 px skins, enlarged, with pores, blood flow and freckles added."""
    weights = weights or [1.] * len(names)
    a = sum(w * load(os.path.join(MAKEHUMAN, 'skins', n), size) for n, w in zip(names, weights)) / sum(weights)
    sharp = a - ndi.gaussian_filter(a, (2.5, 2.5, 0))
    a = a + sharp * .5 * detail
    grey = a.mean(2, keepdims=True)
    a = np.clip(grey + (a - grey) * saturation, 0, 1) ** gamma * np.array(gain, 'f4')
    a = a * (1 + noise(size, .9, seed)[..., None] * .022 * detail) * (1 + noise(size, 2.2, seed + 1)[..., None] * .012 * detail)
    flow = noise(size, 22, seed + 2)
    a = a * (1 + flow[..., None] * np.array([.014, -.012, -.01], 'f4'))
    if freckles:
        spots = (np.random.default_rng(seed + 3).random((size, size)) > .9985).astype('f4')
        spots = np.clip(ndi.gaussian_filter(spots, 1.) * 6, 0, 1)[..., None]
        a = a * (1 - spots * freckles * np.array([.2, .34, .4], 'f4'))
    return np.clip(a, 0, 1)


def over(a, color, alpha):
    return a * (1 - alpha[..., None]) + np.array(color, 'f4') * alpha[..., None]


def eye(iris, size=256, rim=.62):
    """The ball seen from the front: polar layout, iris in the middle with fibres, dark ring, veins and a catch-light."""
    y, x = np.mgrid[0:size, 0:size]
    x, y = (x + .5) / size * 2 - 1, (y + .5) / size * 2 - 1
    r, angle = np.hypot(x, y), np.arctan2(y, x)
    rng = np.random.default_rng(5)
    white = np.ones((size, size, 3), 'f4') * np.array([.80, .775, .75], 'f4')
    veins = np.clip(ndi.gaussian_filter(rng.standard_normal((size, size)), (.8, 6)) * 3 - .4, 0, 1)
    white = over(white, (.72, .42, .38), np.clip(veins * (r - .45) * 1.1, 0, .4))
    white = white * (1 - .28 * np.clip((r - .55) / .4, 0, 1))[..., None]
    iris_r, pupil_r = .30, .095
    fibres = sum(rng.uniform(.4, 1) * np.cos(angle * k + rng.uniform(0, 6.3) + r * rng.uniform(-6, 6)) for k in range(14, 60, 5)) / 5
    k = np.clip((r - pupil_r) / (iris_r - pupil_r), 0, 1)
    color = np.array(iris, 'f4') * (1.18 - .35 * k + .16 * fibres)[..., None]
    color = over(color, np.array(iris) * np.array([1.5, 1.25, .8]), np.clip(1 - k * 3, 0, 1) * .4)
    color = color * (1 - .85 * np.clip((k - .66) / .34, 0, 1) ** 1.4)[..., None]
    color = color * (.72 + .4 * np.clip(.5 + y / iris_r * .5, 0, 1))[..., None]
    edge = np.clip((iris_r + .012 - r) / .024, 0, 1)
    a = white * (1 - edge[..., None]) + color * edge[..., None]
    a = over(a, (.012, .01, .01), np.clip((pupil_r + .01 - r) / .02, 0, 1))
    a = a * (1 - .42 * np.clip((-y - .06) / .34, 0, 1))[..., None]      # shadow of the upper lid
    shine = np.exp(-(((x + .085) / .050) ** 2 + ((y + .065) / .048) ** 2) ** 2)
    faint = np.exp(-(((x - .10) / .05) ** 2 + ((y - .13) / .03) ** 2) ** 2)
    return np.clip(over(over(a, (1, 1, 1), shine * .92), (.9, .95, 1), faint * .16), 0, 1)


def mouth(size=128):
    """Left half teeth with gums (one strip for each jaw), right half wet lining: dark above, tongue below."""
    a = np.zeros((size, size, 3), 'f4')
    half = size // 2
    u, v = np.meshgrid(np.linspace(0, 1, half), np.linspace(0, 1, size))
    tooth = np.abs(((u * 14) % 1) - .5)
    enamel = np.array([.80, .76, .68], 'f4') * (1 - .75 * np.clip((tooth - .42) / .08, 0, 1) * .6)[..., None]
    gum = np.array([.52, .25, .24], 'f4') * np.ones_like(enamel)
    blend = np.clip((np.abs(v - .5) * 2 - .72 - .14 * (tooth - .25)) / .08, 0, 1)[..., None]
    a[:, :half] = enamel * (1 - blend) + gum * blend
    a[:half, half:], a[half:, half:] = (.16, .05, .05), (.36, .16, .155)
    return a


# ---------------------------------------------------------------- hair

def hair(path, color, size=512, contrast=.9):
    """Recolour a hair texture, keeping strands; colour bleeds into the transparent part so that no dark rim shows."""
    a = load(path, size, 'RGBA')
    alpha = a[..., 3]
    grey = a[..., :3].mean(2)
    middle = (grey * alpha).sum() / max(alpha.sum(), 1)
    c = np.clip(np.clip(grey / middle, 0, 3)[..., None] ** contrast, .25, 2.2) * np.array(color, 'f4')
    return np.concatenate([spread(c, alpha > .35), alpha[..., None]], -1)


def curls(color, size=256, seed=3, tight=1., depth=1.):
    """Tight natural curls for a modelled shell of hair."""
    n = noise(size, 2.4 / tight, seed) * .6 + noise(size, 5 / tight, seed + 1) * .7
    k = np.clip(.5 + .5 * np.sin(n * 2.6), 0, 1)
    return np.array(color, 'f4') * (1 + depth * (1.45 * k - .70 + .12 * noise(size, 24, seed + 2)))[..., None]


# ---------------------------------------------------------------- cloth

class Cloth:
    """One garment's texture: `xyz` (metres, rest pose), `limb` (0 trunk, 1 arm, 2 leg) and the picture `rgb` by texel."""

    def __init__(self, proxy, part, xyz, limb, size=512):
        self.size = size
        values, self.mask = bake(part.uv, part.tri, np.concatenate([xyz, limb], 1)[part.vi], size)
        values = spread(values, self.mask)
        self.x, self.y, self.z = values[..., 0], values[..., 1], values[..., 2]
        self.arm, self.leg = values[..., 3], values[..., 4]
        self.rgb = spread(load(proxy.texture(), size), self.mask)
        self.hue, self.sat = self._hue(self.rgb)
        bump = proxy.texture('mapNormal')
        self.fold = np.ones((size, size), 'f4')
        if bump:
            n = load(bump, size) * 2 - 1
            self.fold = np.clip(1 + .5 * (n[..., 1] - ndi.gaussian_filter(n[..., 1], 40)) - .9 * (1 - np.clip(n[..., 2], 0, 1)), .45, 1.3)

    @staticmethod
    def _hue(a):
        r, g, b = a[..., 0], a[..., 1], a[..., 2]
        top, d = a.max(2), a.max(2) - a.min(2) + 1e-6
        h = np.where(top == r, ((g - b) / d) % 6, np.where(top == g, (b - r) / d + 2, (r - g) / d + 4)) / 6
        return h, d / (top + 1e-6)

    def weave(self, area, keep=None, strength=1.):
        """Light and dark of the cloth in `area`, 1 on average; texels not in `keep` (prints, logos) count as plain."""
        grey = self.rgb.mean(2)
        use = area & self.mask & (keep if keep is not None else True)
        if not use.any():
            return np.ones_like(grey)
        if keep is not None:            # prints: erase them with the shade of the plain cloth around
            use = ndi.binary_erosion(use, iterations=4)
            weight = ndi.gaussian_filter(use.astype('f4'), 9) + 1e-4
            around = ndi.gaussian_filter(np.where(use, grey, 0), 9) / weight
            grey = np.where(use, grey, np.where(weight > .02, around, np.median(grey[use])))
        else:
            grey = np.where(use, grey, np.median(grey[use]))
        shade = np.clip(grey / np.median(grey[use]), .45, 1.5)
        return 1 + (shade - 1) * strength

    def dye(self, area, color, keep=None, strength=.8, grain=.03, fold=1.):
        shade = self.weave(area, keep, strength) * (1 + grain * noise(self.size, .7, 4)) * (1 + fold * (self.fold - 1))
        self.rgb = np.where(area[..., None], np.array(color, 'f4') * shade[..., None], self.rgb)

    def paint(self, area, color, keep_shade=True, alpha=1.):
        shade = (self.fold * (1 + .03 * noise(self.size, .7, 6)))[..., None] if keep_shade else 1.
        a = np.asarray(area, 'f4')[..., None] * alpha
        self.rgb = self.rgb * (1 - a) + np.array(color, 'f4') * shade * a

    def darken(self, amount):
        self.rgb = self.rgb * (1 - np.clip(amount, 0, 1))[..., None]

    def image(self):
        return picture(spread(np.clip(self.rgb, 0, 1), self.mask))
