"""Synthesise the ambiences and the radio's squelch as assets/sound/NAME.ogg. Needs `sox` with Vorbis support.

    python3 assets/build/build_sound.py [NAME ...]

The ambiences loop: the tail is faded into the head. Nothing is recorded or taken from anywhere.
"""
import os
import subprocess
import sys
import tempfile
import wave

import sources

sources.environment()

import numpy as np
from scipy import signal

RATE = 32000
OUT = os.environ.get('SOUND_OUT') or os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'sound')
rng = np.random.default_rng(11)


def band(n, low, high, order=2):
    return signal.sosfilt(signal.butter(order, [low, high], 'band', fs=RATE, output='sos'), rng.standard_normal(n))


def below(n, limit, order=2):
    return signal.sosfilt(signal.butter(order, limit, 'low', fs=RATE, output='sos'), rng.standard_normal(n))


def drift(n, speed, depth):
    """Slow change of loudness around 1."""
    m = below(n, speed, 1)
    return 1 + depth * m / np.abs(m).max()


def loop(x, seconds=1.5):
    k = int(seconds * RATE)
    w = np.linspace(0, 1, k)
    y = x[:-k].copy()
    y[:k] = x[:k] * np.sqrt(w) + x[-k:] * np.sqrt(1 - w)
    return y


def rain(seconds=14):
    n = seconds * RATE
    bed = .5 * band(n, 900, 9000) * drift(n, .4, .35) + .25 * below(n, 500)
    drops = np.zeros(n)
    for i in rng.integers(0, n - 2000, seconds * 160):
        length, pitch = rng.integers(200, 1400), rng.uniform(900, 5200)
        t = np.arange(length) / RATE
        drops[i:i + length] += rng.uniform(.05, .6) ** 2 * np.sin(2 * np.pi * pitch * t * (1 + 2 * t)) * np.exp(-t * rng.uniform(120, 500))
    return loop(bed * .35 + drops * 1.4)


def traffic(wet, seconds=20):
    """A main road some way off; on a wet road the tyres hiss."""
    n = seconds * RATE
    t = np.arange(n) / RATE
    x = .5 * below(n, 160) * drift(n, .25, .5) + .08 * band(n, 200, 900)
    for _ in range(5):
        centre = rng.uniform(1.5, seconds - 3)
        near = np.exp(-((t - centre) / rng.uniform(1.1, 1.9)) ** 2)
        x += near * (band(n, 250, 1600) * .35 + below(n, 120) * .7 + (band(n, 2500, 7000) * .25 if wet else 0))
    return loop(x)


def room(seconds=10):
    n = seconds * RATE
    t = np.arange(n) / RATE
    hum = sum(a * np.sin(2 * np.pi * f * t) for f, a in ((50, .05), (100, .08), (150, .02), (200, .02)))
    return loop(.2 * below(n, 220) + .03 * band(n, 300, 3000) + hum)


def squelch():
    """A radio opening, hissing for a moment, and closing: no words."""
    def hiss(seconds, level):
        return band(int(seconds * RATE), 500, 3200) * level
    click = np.exp(-np.arange(int(.012 * RATE)) / RATE * 420) * rng.standard_normal(int(.012 * RATE)) * .7
    beep = np.sin(2 * np.pi * 1250 * np.arange(int(.09 * RATE)) / RATE) * np.hanning(int(.09 * RATE)) ** .3 * .28
    tail = hiss(.30, .30) * np.linspace(1, .25, int(.30 * RATE)) ** 2
    x = np.concatenate([click, hiss(.10, .22), beep, hiss(.16, .10), click * .6, tail, np.zeros(int(.06 * RATE))])
    return signal.sosfilt(signal.butter(2, [380, 3000], 'band', fs=RATE, output='sos'), x)


SOUNDS = {'rain': (rain, .6), 'traffic': (lambda: traffic(False), .7), 'traffic-wet': (lambda: traffic(True), .7), 'room-tone': (room, .35), 'radio-squelch': (squelch, .5)}

if __name__ == '__main__':
    os.makedirs(OUT, exist_ok=True)
    for name in sys.argv[1:] or SOUNDS:
        make, peak = SOUNDS[name]
        x = make()
        x = x / np.abs(x).max() * peak
        path = os.path.join(OUT, name + '.ogg')
        with tempfile.NamedTemporaryFile(suffix='.wav') as temporary:
            with wave.open(temporary.name, 'wb') as w:
                w.setnchannels(1), w.setsampwidth(2), w.setframerate(RATE)
                w.writeframes((x * 32767).astype('<i2').tobytes())
            subprocess.run(['sox', temporary.name, '-C', '3', path], check=True)
        print(f'{name}: {len(x) / RATE:.1f} s, {os.path.getsize(path) // 1024} KB')
