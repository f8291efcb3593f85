// What a scan sounds, feels and looks like: felt before it is read, told apart without eyes and without colours.

/** Tones [hertz, milliseconds] one after the other; vibration as navigator.vibrate takes it. All differ from each other. */
export const FEEDBACK = {
  right: { tones: [[880, 90]], vibration: [60], icon: 'tick' },
  seen: { tones: [[660, 70], [0, 50], [660, 70]], vibration: [40, 60, 40], icon: 'again' },
  unlisted: { tones: [[300, 320]], vibration: [320], icon: 'question' },
  'wrong-agency': { tones: [[520, 130], [260, 260]], vibration: [120, 60, 260], icon: 'building' },
  recalled: { tones: [[440, 110], [0, 50], [440, 110], [0, 50], [440, 110]], vibration: [110, 50, 110, 50, 110], icon: 'back' },
  stop: { tones: [[260, 120], [520, 120], [780, 260]], vibration: [300, 90, 300], icon: 'hand' },
  unreadable: { tones: [[200, 90], [0, 40], [200, 90]], vibration: [90, 40, 90], icon: 'cross' },
};

export const MOST_SERIOUS_FIRST = ['recalled', 'stop', 'wrong-agency', 'unlisted', 'unreadable', 'seen', 'right'];

let audio;

/** A browser plays nothing before the first touch; called from one. */
export function allowSound() {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') audio.resume();
}

export function feel(answer) {
  const { tones, vibration } = FEEDBACK[answer];
  navigator.vibrate?.(vibration);
  if (!audio) return;
  let at = audio.currentTime;
  for (const [hertz, ms] of tones) {
    if (hertz > 0) tone(hertz, at, ms / 1000);
    at += ms / 1000;
  }
}

function tone(hertz, at, seconds) {
  const wave = audio.createOscillator();
  const loudness = audio.createGain();
  wave.type = 'square';
  wave.frequency.value = hertz;
  loudness.gain.setValueAtTime(0.25, at);
  loudness.gain.setValueAtTime(0.0001, at + seconds);
  wave.connect(loudness).connect(audio.destination);
  wave.start(at);
  wave.stop(at + seconds);
}
