"""From what the model says to what is heard: the shift of age and mood, the radio, even loudness without peaks, and the
figures that the program's lips follow.
"""
import numpy as np
import parselmouth
from parselmouth.praat import call
from scipy import signal

from loudness import limited, loudness

RATE = 24000
# Loudness of speech by ITU-R BS.1770, in LUFS, and the highest sample, in decibels below full scale.
LOUDNESS = -20.0
PEAK = -4.0
LEVELS_PER_SEC = 20


def shifted(x, pitch, throat, span):
    """Another melody, throat and span of the melody, at the same speed."""
    if abs(pitch - 1) < .005 and abs(throat - 1) < .005 and abs(span - 1) < .02:
        return x
    sound = parselmouth.Sound(x.astype('f8'), RATE)
    heard = sound.to_pitch(0.01, 70, 420).selected_array['frequency']
    heard = heard[heard > 0]
    if len(heard) < 8:
        return x
    middle = float(np.median(heard)) * pitch
    done = call(sound, 'Change gender', 70, 420, throat, middle, span, 1.0)
    return done.values[0]


def radio(x):
    """Over the air: the middle of the voice, driven a little, with a breath of hiss and its end."""
    rng = np.random.default_rng(len(x))
    middle = signal.butter(3, [380, 2900], 'band', fs=RATE, output='sos')
    x = np.tanh(x / (np.abs(x).max() + 1e-9) * 2.2)
    x = np.concatenate([np.zeros(int(.42 * RATE)), x, np.zeros(int(.2 * RATE))])
    hiss = rng.standard_normal(len(x)) * .012
    return signal.sosfilt(middle, x + hiss)


def trimmed(x):
    """Without the silence before and after, but for a moment of it."""
    quiet = np.convolve(np.abs(x), np.ones(240) / 240, 'same')
    loud = np.flatnonzero(quiet > .02 * quiet.max())
    return x[max(0, loud[0] - int(.04 * RATE)):loud[-1] + int(.14 * RATE)]


def finished(x, voice, mood):
    _, pitch, span, gain = mood
    x = shifted(trimmed(x), pitch * voice.get('pitch', 1), voice.get('throat', 1), span * voice.get('range', 1))
    x = x - x.mean()
    if voice.get('radio'):
        x, gain = radio(x), 0
    else:
        x = signal.sosfilt(signal.butter(2, 70, 'high', fs=RATE, output='sos'), x)
    for _ in range(2):
        x = limited(x * 10 ** ((LOUDNESS + gain - loudness(x, RATE)) / 20), RATE, PEAK)
    edge = int(.012 * RATE)
    x[:edge] *= np.linspace(0, 1, edge)
    x[-edge:] *= np.linspace(1, 0, edge)
    return x


def levels(x):
    """A digit for each moment: 0 silent, 9 as loud as this recording is anywhere, 36 decibels in between."""
    step = RATE // LEVELS_PER_SEC
    x = np.pad(x, (0, -len(x) % step)).reshape(-1, step)
    power = 10 * np.log10(np.mean(x ** 2, axis=1) + 1e-9)
    return ''.join(str(int(np.clip(round(9 + (p - power.max()) / 4), 0, 9))) for p in power)
