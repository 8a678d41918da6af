"""Speak every line of the shipped scenarios: assets/voices/SCENARIO/KEY.ogg and the list lines.json.

    python3 assets/build/build_voices.py [SCENARIO ...]            speak what is new or changed
    python3 assets/build/build_voices.py --hear [SCENARIO ...]     and let a recogniser listen to every line
    python3 assets/build/build_voices.py --own SCENARIO FOLDER     take recordings of your own: FOLDER/KEY.wav

Which lines there are, and under which key, the program says: `common-ground lines SCENARIO --json`. COMMON_GROUND names
the program, else it is looked for on the path; VOICES_OUT sends the result elsewhere. What the model has said once is
kept in the cache, so a stopped run goes on where it was. Needs no graphics card: about one second for each second of
speech on one core. The voice of each person stands in voice_casting.py.
"""
import argparse
import hashlib
import json
import os
import re
import subprocess
import sys

import sources
import voice_model

sources.environment('voices-venv', voice_model.REQUIREMENTS)

import numpy as np
import soundfile

import voice_finish
from voice_casting import AGAIN, CASTS, MOODS, SAID

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUT = os.environ.get('VOICES_OUT') or os.path.join(ROOT, 'assets/voices')
RAW = os.path.join(sources.CACHE, 'voices-raw')
QUALITY = 0.0
# Highest sample of a packed recording, in decibels below full scale: packing adds to what voice_finish allows.
HIGHEST = -2.0


def lines_of(scenario):
    program = os.environ.get('COMMON_GROUND') or 'common-ground'
    told = subprocess.run([program, '--scenarios', os.path.join(ROOT, 'scenarios'), 'lines', scenario, '--json'],
                          check=True, capture_output=True, cwd=ROOT)
    return json.loads(told.stdout)


def spoken(speaker, line, voice):
    """What the model says for a line, from the cache if it has said it before."""
    speed = round(voice.get('speed', 1) * MOODS[line['mood'] or ''][0] * AGAIN.get(line['text'], 1), 3)
    sounds = speaker.sounds(line['text'], SAID)
    key = hashlib.sha256(json.dumps([sounds, voice['blend'], speed], sort_keys=True).encode()).hexdigest()[:24]
    path = os.path.join(RAW, key + '.flac')
    if not os.path.exists(path):
        soundfile.write(path + '.part', speaker.speak(sounds, voice['blend'], speed), voice_model.RATE, format='FLAC')
        os.replace(path + '.part', path)
    return soundfile.read(path)[0]


def recipe(line, voice):
    """Stands for everything that shapes the sound of a line: another recipe, another recording."""
    special = {word: said for word, said in SAID.items() if word in line['text']}
    parts = [voice, MOODS[line['mood'] or ''], line['text'], special]
    if line['text'] in AGAIN:
        parts.append(AGAIN[line['text']])
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:12]


def write_list(folder, scenario, done):
    """One line of text for each recording, so that a change can be read."""
    rows = [f'    {json.dumps(key)}: {json.dumps(done[key], ensure_ascii=False)}' for key in sorted(done)]
    text = '{\n  "scenario": %s,\n  "lines": {\n%s\n  }\n}\n' % (json.dumps(scenario), ',\n'.join(rows))
    with open(os.path.join(folder, 'lines.json'), 'w', encoding='utf-8', newline='\n') as out:
        out.write(text)


def read_list(folder):
    path = os.path.join(folder, 'lines.json')
    return json.load(open(path, encoding='utf-8'))['lines'] if os.path.exists(path) else {}


def save(folder, key, x):
    """Writes a recording, as much quieter as its packing would push it over the highest sample allowed."""
    path = os.path.join(folder, key + '.ogg')
    for _ in range(4):
        with soundfile.SoundFile(path, 'w', voice_model.RATE, 1, format='OGG', subtype='VORBIS', compression_level=1 - QUALITY) as out:
            out.write(x)
        over = 20 * np.log10(np.abs(soundfile.read(path)[0]).max()) - HIGHEST
        if over <= 0:
            break
        x = x * 10 ** (-(over + .2) / 20)
    return path


def build(scenario, lines):
    folder = os.path.join(OUT, scenario)
    os.makedirs(folder, exist_ok=True)
    os.makedirs(RAW, exist_ok=True)
    before, done, speaker = read_list(folder), {}, None
    for line in lines:
        key, voice = line['key'], CASTS[scenario][line['by']]
        made = recipe(line, voice)
        known = before.get(key)
        if known and known.get('recipe') == made and os.path.exists(os.path.join(folder, key + '.ogg')):
            done[key] = known
            continue
        speaker = speaker or voice_model.Speaker()
        x = voice_finish.finished(spoken(speaker, line, voice), voice, MOODS[line['mood'] or ''])
        save(folder, key, x)
        done[key] = {'by': line['by'], 'text': line['text'], 'secs': round(len(x) / voice_model.RATE, 2),
                     'loudness': voice_finish.levels(x), 'recipe': made}
        write_list(folder, scenario, {**before, **done})
    for key in set(before) - set(done):
        print('no longer said:', before[key]['text'])
        if os.path.exists(os.path.join(folder, key + '.ogg')):
            os.remove(os.path.join(folder, key + '.ogg'))
    write_list(folder, scenario, done)
    measure(scenario, folder, done)


def measure(scenario, folder, done):
    peaks, louds, size = [], [], 0
    for key in done:
        path = os.path.join(folder, key + '.ogg')
        x = soundfile.read(path)[0]
        peaks.append(20 * np.log10(np.abs(x).max())), louds.append(voice_finish.loudness(x, voice_model.RATE))
        size += os.path.getsize(path)
    secs = sum(line['secs'] for line in done.values())
    print(f'{scenario}: {len(done)} lines, {secs:.0f} s, {size / 1e6:.2f} MB, {size * 8 / secs / 1000:.1f} kbit/s, '
          f'peak {max(peaks):.1f} dBFS, {min(louds):.1f} to {max(louds):.1f} LUFS')


NUMBERS = {'0': 'zero', '1': 'one', '2': 'two', '3': 'three', '4': 'four', '5': 'five', '6': 'six', '7': 'seven', '8': 'eight', '9': 'nine'}


def words(text):
    text = re.sub(r"[’']", "'", text.lower()).replace('&', ' and ')
    text = re.sub(r"[^a-z0-9' ]", ' ', text)
    text = re.sub(r'\d', lambda m: f' {NUMBERS[m.group()]} ', text)
    return [w.strip("'") for w in text.split() if w.strip("'")]


def wrong_of_each(lines, heard):
    """For each of `lines` (lists of words that were said one after the other), how many of its words have to be changed,
    added or left out to make them what was heard."""
    wanted = [(w, i) for i, line in enumerate(lines) for w in line]
    n, m = len(wanted), len(heard)
    cost = np.zeros((n + 1, m + 1), int)
    cost[:, 0], cost[0, :] = np.arange(n + 1), np.arange(m + 1)
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            cost[i, j] = min(cost[i - 1, j] + 1, cost[i, j - 1] + 1, cost[i - 1, j - 1] + (wanted[i - 1][0] != heard[j - 1]))
    wrong, got = [0] * len(lines), [[] for _ in lines]
    i, j = n, m
    while i or j:
        line = wanted[max(i - 1, 0)][1]
        if i and j and cost[i, j] == cost[i - 1, j - 1] + (wanted[i - 1][0] != heard[j - 1]):
            wrong[line] += wanted[i - 1][0] != heard[j - 1]
            got[line].insert(0, heard[j - 1])
            i, j = i - 1, j - 1
        elif i and cost[i, j] == cost[i - 1, j] + 1:
            wrong[line] += 1
            i -= 1
        else:
            wrong[line] += 1
            got[line].insert(0, heard[j - 1])
            j -= 1
    return wrong, [' '.join(words) for words in got]


def passages(scenario, lines):
    """Lines of one speaker after another, in passages of under half a minute, which is what the recogniser listens to."""
    passage, secs = [], 0.0
    for line in sorted(lines, key=lambda line: line['by']):
        path = os.path.join(OUT, scenario, line['key'] + '.ogg')
        if not os.path.exists(path):
            continue
        x = soundfile.read(path)[0]
        if passage and (passage[-1][0]['by'] != line['by'] or secs + len(x) / voice_model.RATE > 26):
            yield passage
            passage, secs = [], 0.0
        passage.append((line, x))
        secs += len(x) / voice_model.RATE + .6
    if passage:
        yield passage


def hear(scenario, lines):
    """Let a recogniser write down every line, and list those that it understood worst."""
    from scipy import signal
    model = voice_model.recogniser()
    told, by_speaker = [], {}
    for passage in passages(scenario, lines):
        pause = np.zeros(int(.6 * voice_model.RATE))
        x = np.concatenate([part for _, x in passage for part in (x, pause)])
        x = signal.resample_poly(x, 2, 3).astype('f4')
        parts, _ = model.transcribe(x, language='en', beam_size=1, temperature=0.0, condition_on_previous_text=False, without_timestamps=True)
        heard = words(' '.join(part.text for part in parts))
        wanted = [words(line['text']) for line, _ in passage]
        for (line, _), said, wrong, got in zip(passage, wanted, *wrong_of_each(wanted, heard)):
            a, b = by_speaker.get(line['by'], (0, 0))
            by_speaker[line['by']] = (a + wrong, b + len(said))
            told.append((wrong / max(1, len(said)), line['by'], line['text'], got))
    told.sort(key=lambda t: -t[0])
    for rate, by, text, got in told:
        if rate > .25:
            print(f'  {rate:.2f} {by}: {text}\n       heard: {got}')
    wrong, spoken_words = sum(a for a, _ in by_speaker.values()), sum(b for _, b in by_speaker.values())
    print(f'{scenario}: {wrong} of {spoken_words} words heard otherwise ({100 * wrong / max(1, spoken_words):.1f} %), '
          f'{sum(t[0] == 0 for t in told)} of {len(told)} lines without one')
    print('  ' + ', '.join(f'{by} {100 * a / b:.0f} %' for by, (a, b) in sorted(by_speaker.items())))


def own(scenario, lines, given):
    """Take recordings of people: even loudness, no peaks, the list that the program reads."""
    folder = os.path.join(OUT, scenario)
    os.makedirs(folder, exist_ok=True)
    done = read_list(folder)
    for line in lines:
        path = os.path.join(given, line['key'] + '.wav')
        if not os.path.exists(path):
            continue
        x, rate = soundfile.read(path)
        x = x.mean(axis=1) if x.ndim > 1 else x
        if rate != voice_model.RATE:
            from scipy import signal
            x = signal.resample_poly(x, voice_model.RATE, rate)
        x = voice_finish.finished(x, {'radio': line['is_radio']}, MOODS[''])
        save(folder, line['key'], x)
        done[line['key']] = {'by': line['by'], 'text': line['text'], 'secs': round(len(x) / voice_model.RATE, 2),
                             'loudness': voice_finish.levels(x), 'recipe': 'own'}
    write_list(folder, scenario, done)
    measure(scenario, folder, done)


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--hear', action='store_true')
    parser.add_argument('--own', nargs=2, metavar=('SCENARIO', 'FOLDER'))
    parser.add_argument('scenarios', nargs='*')
    asked = parser.parse_args()
    if asked.own:
        own(asked.own[0], lines_of(asked.own[0]), asked.own[1])
        sys.exit()
    for scenario in asked.scenarios or CASTS:
        if scenario not in CASTS:
            sys.exit(f'nobody is cast for {scenario}: give its people voices in voice_casting.py')
        lines = lines_of(scenario)
        build(scenario, lines)
        if asked.hear:
            hear(scenario, lines)
