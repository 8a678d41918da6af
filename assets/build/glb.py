"""A small writer for binary glTF 2.0 files: float geometry, sparse morph targets, embedded PNG textures."""
import io
import json
import struct

import numpy as np

COMPONENT = {np.dtype('f4'): 5126, np.dtype('u2'): 5123, np.dtype('u1'): 5121, np.dtype('u4'): 5125}
TYPE = {1: 'SCALAR', 2: 'VEC2', 3: 'VEC3', 4: 'VEC4', 16: 'MAT4'}
VERTICES, INDICES = 34962, 34963


def png(image, colours=None):
    """A Pillow image as PNG bytes, with a palette if `colours` is given."""
    data = io.BytesIO()
    if colours:
        image = image.convert('RGB').quantize(colours, dither=1)
    image.save(data, 'PNG', optimize=True)
    return data.getvalue()


class Glb:
    """One file being put together; `json` is its scene description."""

    def __init__(self):
        self.bin, self.views, self.accessors = bytearray(), [], []
        self.json = {'asset': {'version': '2.0', 'generator': 'common-ground assets/build'}, 'scene': 0,
                     'scenes': [{'nodes': []}], 'nodes': [], 'meshes': [], 'materials': [], 'textures': [], 'images': [],
                     'samplers': [{'magFilter': 9729, 'minFilter': 9987, 'wrapS': 10497, 'wrapT': 10497}],
                     'skins': [], 'animations': []}

    def view(self, data, target=None):
        while len(self.bin) % 4:
            self.bin.append(0)
        view = {'buffer': 0, 'byteOffset': len(self.bin), 'byteLength': len(data)}
        if target:
            view['target'] = target
        self.bin += data
        self.views.append(view)
        return len(self.views) - 1

    def accessor(self, a, target=None, minmax=False, normalized=False):
        a = np.ascontiguousarray(a)
        d = {'bufferView': self.view(a.tobytes(), target), 'componentType': COMPONENT[a.dtype], 'count': len(a),
             'type': TYPE[1 if a.ndim == 1 else a.shape[1]]}
        if normalized:
            d['normalized'] = True
        if minmax:
            d['min'], d['max'] = np.atleast_1d(a.min(0)).tolist(), np.atleast_1d(a.max(0)).tolist()
        self.accessors.append(d)
        return len(self.accessors) - 1

    def sparse(self, a, threshold, minmax=False):
        """Three floats a vertex, zero except where any of them exceeds `threshold`."""
        a = np.array(a, 'f4')
        a[np.abs(a).max(1) <= threshold] = 0
        used = np.where(np.abs(a).max(1) > 0)[0]
        if len(used) == 0:
            used = np.array([0])
        d = {'componentType': 5126, 'count': len(a), 'type': 'VEC3',
             'sparse': {'count': len(used),
                        'indices': {'bufferView': self.view(used.astype('u2').tobytes()), 'componentType': 5123},
                        'values': {'bufferView': self.view(a[used].tobytes())}}}
        if minmax:
            d['min'], d['max'] = a.min(0).tolist(), a.max(0).tolist()
        self.accessors.append(d)
        return len(self.accessors) - 1

    def image(self, image, name, colours=None):
        self.json['images'].append({'bufferView': self.view(png(image, colours)), 'mimeType': 'image/png', 'name': name})
        self.json['textures'].append({'source': len(self.json['images']) - 1, 'sampler': 0})
        return len(self.json['textures']) - 1

    def material(self, name, texture=None, color=(1, 1, 1), rough=.8, metal=0., alpha='OPAQUE', cutoff=.5, double=False,
                 emissive=None, emissive_texture=None):
        pbr = {'baseColorFactor': [*color, 1][:4], 'metallicFactor': metal, 'roughnessFactor': rough}
        m = {'name': name, 'pbrMetallicRoughness': pbr}
        if texture is not None:
            pbr['baseColorTexture'] = {'index': texture}
        if alpha != 'OPAQUE':
            m['alphaMode'] = alpha
        if alpha == 'MASK':
            m['alphaCutoff'] = cutoff
        if double:
            m['doubleSided'] = True
        if emissive:
            m['emissiveFactor'] = [min(1, x) for x in emissive]
            if max(emissive) > 1:
                m['extensions'] = {'KHR_materials_emissive_strength': {'emissiveStrength': max(emissive)}}
                m['emissiveFactor'] = [x / max(emissive) for x in emissive]
                self.json['extensionsUsed'] = ['KHR_materials_emissive_strength']
        if emissive_texture is not None:
            m['emissiveTexture'] = {'index': emissive_texture}
        self.json['materials'].append(m)
        return len(self.json['materials']) - 1

    def node(self, **fields):
        self.json['nodes'].append(fields)
        return len(self.json['nodes']) - 1

    def write(self, path):
        while len(self.bin) % 4:
            self.bin.append(0)
        scene = {k: v for k, v in self.json.items() if v not in ([], None)}
        scene.update(buffers=[{'byteLength': len(self.bin)}], bufferViews=self.views, accessors=self.accessors)
        text = json.dumps(scene, separators=(',', ':')).encode()
        text += b' ' * (-len(text) % 4)
        with open(path, 'wb') as file:
            file.write(struct.pack('<III', 0x46546C67, 2, 28 + len(text) + len(self.bin)))
            file.write(struct.pack('<II', len(text), 0x4E4F534A) + text)
            file.write(struct.pack('<II', len(self.bin), 0x004E4942) + bytes(self.bin))
