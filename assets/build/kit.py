"""A place made of few materials: flat colours and pictures share one atlas, so that one draw call shows most of what is there."""
from contextlib import contextmanager

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from glb import INDICES, VERTICES
from scenery import Place, noise

BLACK = (0, 0, 0)
PAPER, INK = (.93, .92, .88), (.08, .08, .09)


# ---------------------------------------------------------------- pictures

def blank(w, h, color):
    a = np.zeros((h, w, 3), 'f4')
    a[:] = color
    return a


def write(a, text, x, y, size, ink=INK, bold=0, middle=False):
    """Letters on a picture, (x, y) is the top left corner, or the top middle. Pillow's own type: Aileron, which has no pound sign or dashes."""
    image = Image.fromarray((np.clip(a, 0, 1) * 255).astype('u1'))
    font = ImageFont.load_default(size)
    draw = ImageDraw.Draw(image)
    for line in text.split('\n'):
        line = line.replace('  ', ' ').replace(' ', '  ') if size < 30 else line      # its spaces are narrow
        left = x - draw.textlength(line, font=font) / 2 if middle else x
        draw.text((left, y), line, font=font, fill=tuple(int(c * 255) for c in ink), stroke_width=bold)
        y += size * 1.18
    a[:] = np.asarray(image, 'f4') / 255
    return a


def sign(text, w, h, color, ink, size, border=None, bold=1):
    """A board with words in the middle of it."""
    a = blank(w, h, color)
    if border is not None:
        a[:2], a[-2:], a[:, :2], a[:, -2:] = border, border, border, border
    lines = text.count('\n') + 1
    return write(a, text, w / 2, (h - size * 1.18 * lines) / 2 - size * .02, size, ink, bold, True)


def poster(w, h, head, color, seed, ink=(1, 1, 1), paper=PAPER, words=''):
    """A printed sheet: a coloured head with a title, lines of small print, sometimes a block of colour."""
    r = np.random.default_rng(seed)
    a = blank(w, h, paper)
    top = int(h * .30)
    a[:top] = color
    write(a, head, w / 2, top * .5 - 7 * (head.count('\n') + 1), 12, ink, 0, True)
    y = top + 6
    if r.random() < .6:
        a[y:y + int(h * .22), 6:w - 6] = np.array(color) * .5 + .35
        y += int(h * .22) + 5
    if words:
        write(a, words, 6, y, 10)
        y += 12 * (words.count('\n') + 1) + 3
    while y < h - 6:
        a[y:y + 2, 6:6 + int((w - 12) * r.uniform(.55, 1))] *= .55
        y += 6
    return a


def board(w, h, ground, sheets, seed=1, frame=(.45, .34, .22)):
    """A notice board: `sheets` are (x, y, picture)."""
    r = np.random.default_rng(seed)
    a = blank(w, h, ground) * (1 + .05 * r.standard_normal((h, w, 1)))
    for x, y, sheet in sheets:
        sh, sw = sheet.shape[:2]
        a[y + 2:y + sh + 2, x + 2:x + sw + 2] *= .6
        a[y:y + sh, x:x + sw] = sheet[:h - y, :w - x]
        a[y + 2:y + 5, x + sw // 2 - 1:x + sw // 2 + 2] = (.8, .15, .1)
    for s in (np.s_[:4], np.s_[-4:], np.s_[:, :4], np.s_[:, -4:]):
        a[s] = frame
    return a


def exit_sign(w=96, h=40):
    """The green sign with a figure that runs to a door."""
    a = sign('Exit', w, h, (.02, .42, .22), (.95, .97, .95), 20)
    a[:] = (.02, .42, .22)
    write(a, 'Exit', w * .36, h / 2 - 13, 20, (.95, .97, .95), 1, True)
    image = Image.fromarray((a * 255).astype('u1'))
    d = ImageDraw.Draw(image)
    x, y, white = w * .78, h * .5, (240, 246, 240)
    d.rectangle((x + 4, y - 14, x + 15, y + 14), fill=white)
    d.ellipse((x - 6, y - 14, x, y - 8), fill=white)
    d.line([(x - 4, y - 7), (x - 9, y + 3), (x - 3, y + 7), (x - 5, y + 14)], fill=white, width=3)
    d.line([(x - 9, y + 3), (x - 15, y + 9)], fill=white, width=3)
    d.line([(x - 12, y - 3), (x - 5, y - 6), (x + 2, y - 2)], fill=white, width=3)
    return np.asarray(image, 'f4') / 255


def number_plate(text, rear):
    return sign(text, 104, 24, (.93, .78, .10) if rear else (.92, .92, .90), INK, 20)


# ---------------------------------------------------------------- the place

class Set(Place):
    """A place with an atlas: `swatch` names a flat colour, `picture` an image; both are then used like materials, for any box or quad.
    `at` moves and turns everything that is built inside it."""

    def __init__(self):
        super().__init__()
        self.cells, self.frames, self.hinges = {}, [(0., 0., 0., 0.)], {}
        self.into = None
        self.material_rough = .7
        self.shades()

    def swatch(self, name, color, floor=.80):
        """A flat colour, a little darker towards the foot of each face (`floor`)."""
        r = np.random.default_rng(sum(map(ord, name)))
        a = blank(6, 24, color) * np.linspace(1.02, floor, 24)[:, None, None] * (1 + .012 * r.standard_normal((24, 6, 1)))
        self.cells[name] = (np.clip(a, 0, 1), False)
        return name

    def swatches(self, **colors):
        for name, color in colors.items():
            self.swatch(name, color)

    def flat(self, name, linear):
        """A swatch whose colour is given as a material's would be: linear."""
        return self.swatch(name, np.array(linear) ** (1 / 2.2), .88)

    def picture(self, name, image):
        """An image for quads with `stretch`."""
        self.cells[name] = (np.clip(image, 0, 1), True)
        return name

    def shades(self):
        """Soft dark under and beside things: laid over what is there."""
        n = 24
        v, u = np.mgrid[0:n, 0:n] / (n - 1) * 2 - 1
        fall = np.clip((1 - np.abs(u)) * 2.2, 0, 1) * np.clip((1 - np.abs(v)) * 2.2, 0, 1)
        alpha = (fall ** 1.3 * .62 * 255).astype('u1')
        rgba = np.dstack([np.zeros((n, n, 3), 'u1'), alpha])
        t = self.g.image(Image.fromarray(rgba, 'RGBA'), 'shade')
        self.materials['soft'] = self.g.material('soft', t, (0, 0, 0), 1., alpha='BLEND')
        self.parts['soft'] = ([], [], [], [])

    @contextmanager
    def at(self, x, z, turn=0., y=0.):
        """Build in the frame of a thing that stands at (x, z) and faces `turn` degrees: 0 is +Z, 90 is +X, 180 is -Z."""
        self.frames.append((x, y, z, turn))
        yield self
        self.frames.pop()

    @contextmanager
    def hinged(self, node, x, z, open_by):
        """What is built inside belongs to a node of its own whose origin is a hinge at (x, z); as built it is shut, as written it is open by
        `open_by` degrees."""
        keep, self.into = self.into, node
        self.hinges[node] = (x, z, open_by, {})
        yield self
        self.into = keep

    def world(self, p):
        p = np.asarray(p, float)
        for x, y, z, turn in reversed(self.frames[1:]):
            c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
            p = np.stack([x + p[:, 0] * c + p[:, 2] * s, y + p[:, 1], z - p[:, 0] * s + p[:, 2] * c], 1)
        return p

    def faces(self, material, points, norms, uvs, tris):
        P, N, U = np.asarray(points, float), np.asarray(norms, float), np.asarray(uvs, float)
        cell = None
        if material in self.cells:
            cell = material
            if not self.cells[cell][1]:
                low, high = P[:, 1].min(), P[:, 1].max()
                tall = (P[:, 1] - low) / (high - low) if high - low > .04 else np.ones(len(P))
                U = np.stack([np.full(len(P), .5), 1 - tall], 1)
            material = 'things'
            if 'things' not in self.parts:
                self.parts['things'], self.rows = ([], [], [], []), []
        for x, y, z, turn in reversed(self.frames[1:]):
            c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
            N = np.stack([N[:, 0] * c + N[:, 2] * s, N[:, 1], -N[:, 0] * s + N[:, 2] * c], 1)
        P = self.world(P)
        if self.into:
            x, z, _, own = self.hinges[self.into]
            part = own.setdefault(material, ([], [], [], [], []))
            part[4].extend([cell] * len(P))
            P = P - [x, 0, z]
        else:
            part = self.parts[material]
            if cell:
                self.rows.extend([cell] * len(P))
        base = len(part[0])
        part[3].extend([(a + base, b + base, c + base) for a, b, c in tris])
        part[0].extend(P.tolist()), part[1].extend(N.tolist()), part[2].extend(U.tolist())

    def soft(self, x0, z0, x1, z1, y=.006):
        """A soft shadow on the floor."""
        self.quad('soft', (x0, y, z1), (x1, y, z1), (x1, y, z0), (x0, y, z0), stretch=(1, 1))

    def glow(self, name, color, image=None):
        """Something that shines by itself. The stage reads its name: see assets/README.md."""
        return self.material(name, BLACK, .6, emissive=color, image=image, glow=image is not None)

    def atlas(self):
        """Lay the cells out on shelves and say where each one lies, as (u0, v0, u1, v1)."""
        order = sorted(self.cells, key=lambda n: (-self.cells[n][0].shape[0], n))
        width = 512
        x = y = shelf = 0
        spots = {}
        for name in order:
            h, w = self.cells[name][0].shape[:2]
            if x + w + 2 > width:
                x, y, shelf = 0, y + shelf, 0
            spots[name] = (x + 1, y + 1)
            x, shelf = x + w + 2, max(shelf, h + 2)
        height = -(-(y + shelf) // 4) * 4
        a = np.zeros((height, width, 3), 'f4')
        where = {}
        for name, (x, y) in spots.items():
            cell = self.cells[name][0]
            h, w = cell.shape[:2]
            a[y - 1:y + h + 1, x - 1:x + w + 1] = np.pad(cell, ((1, 1), (1, 1), (0, 0)), 'edge')
            edge = .5 if self.cells[name][1] else 2.
            where[name] = ((x + edge) / width, (y + edge) / height, (x + w - edge) / width, (y + h - edge) / height)
        return a, where

    def write(self, path, name):
        if self.cells:
            used = set(getattr(self, 'rows', [])) | {c for hinge in self.hinges.values() for part in hinge[3].values() for c in part[4] if c}
            self.cells = {n: c for n, c in self.cells.items() if n in used}
            image, where = self.atlas()
            texture = self.g.image(Image.fromarray((np.clip(image, 0, 1) * 255).astype('u1')), 'things', 256)
            self.materials['things'] = self.g.material('things', texture, (1, 1, 1), self.material_rough)

            def place(uvs, cells):
                return [(w[0] + (w[2] - w[0]) * u[0], w[1] + (w[3] - w[1]) * u[1]) for u, w in ((u, where[c]) for u, c in zip(uvs, cells))]

            if 'things' in self.parts:
                self.parts['things'][2][:] = place(self.parts['things'][2], self.rows)
            for _, _, _, own in self.hinges.values():
                if 'things' in own:
                    own['things'][2][:] = place(own['things'][2], own['things'][4])
        self.extra = 0
        for node, (x, z, open_by, own) in self.hinges.items():
            self.doors = getattr(self, 'doors', []) + [self.leaf(node, x, z, open_by, own)]
        count, vertices = super().write(path, name)
        return count + self.extra, vertices

    def leaf(self, node, x, z, open_by, own):
        primitives = []
        for material, (P, N, U, T, _) in own.items():
            P, N, U = np.array(P, 'f4'), np.array(N, 'f4'), np.array(U, 'f4')
            primitives.append({'attributes': {'POSITION': self.g.accessor(P, VERTICES, minmax=True), 'NORMAL': self.g.accessor(N, VERTICES),
                                              'TEXCOORD_0': self.g.accessor(U, VERTICES)},
                               'indices': self.g.accessor(np.array(T).reshape(-1).astype('u2'), INDICES), 'material': self.materials[material]})
            self.extra += len(T)
        self.g.json['meshes'].append({'name': node, 'primitives': primitives})
        half = np.radians(open_by) / 2
        return self.g.node(name=node, mesh=len(self.g.json['meshes']) - 1, translation=[float(x), 0., float(z)],
                           rotation=[0., float(np.sin(half)), 0., float(np.cos(half))])
