// The camera: decodes the aiming window alone, or the whole frame when many labels lie in it.
import { BarcodeDetector as OurDetector, prepareZXingModule } from './lib/barcode-detector.js';
import { read } from './s10.js';

const FORMATS = ['qr_code', 'code_128'];
/** Share of what is seen in the aiming window, as scan.css draws it. A Code 128 that is noisy in the whole frame is read in it. */
const WINDOW = { width: 0.75, height: 0.45 };

/** How long a code is out of view before it counts as shown again, in milliseconds. */
const AWAY = 1_500;
/** Codes read within this time lie beside each other, in milliseconds: not every frame shows all of them sharply. */
const BESIDE = 500;

/** By default it fetches its decoder from a CDN, which is not there in the mountains. */
const OURS = { overrides: { locateFile: (path, prefix) => (path.endsWith('.wasm') ? new URL('./lib/zxing_reader.wasm', import.meta.url).href : prefix + path) } };

/** The phone's own decoder when it has one that knows both codes, else ours, loaded before the first label is held up. */
export async function detector() {
  const native = globalThis.BarcodeDetector;
  const formats = (await native?.getSupportedFormats?.().catch(() => [])) ?? [];
  if (FORMATS.every(f => formats.includes(f))) return new native({ formats: FORMATS });
  await prepareZXingModule({ ...OURS, fireImmediately: true });
  return new OurDetector({ formats: FORMATS });
}

export class Camera {
  #video;
  #canvas = document.createElement('canvas');
  #detector;
  #running = false;
  #many = false;
  #held = new Map();

  /**
   * @param onCodes called with the texts newly seen in one frame, and all in view; answers with those it wants to be told of
   *     again. Any other code held in view is told once.
   */
  constructor(video, onCodes) {
    this.#video = video;
    this.onCodes = onCodes;
  }

  set many(on) {
    this.#many = on;
  }

  /** @throws NotAllowedError, NotFoundError as getUserMedia does */
  async start() {
    this.#running = true;
    this.#detector ??= detector();
    const media = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    this.#video.srcObject = media;
    // The worker may have gone to another screen while the phone asked for the camera.
    if (!this.#running) return this.stop();
    await this.#video.play();
    this.#loop(await this.#detector);
  }

  stop() {
    this.#running = false;
    this.#video.srcObject?.getTracks().forEach(track => track.stop());
    this.#video.srcObject = null;
  }

  /** A torch, on phones that have one. */
  async torch(on) {
    const [track] = this.#video.srcObject?.getVideoTracks() ?? [];
    if (track?.getCapabilities?.().torch) await track.applyConstraints({ advanced: [{ torch: on }] });
  }

  async #loop(eye) {
    while (this.#running) {
      await new Promise(resolve => (this.#video.requestVideoFrameCallback ?? requestAnimationFrame).call(this.#video, resolve));
      if (!this.#running || !this.#video.videoWidth || !this.#video.clientWidth) continue;
      const found = await eye.detect(this.#frame()).catch(() => []);
      this.#tell(found.map(code => code.rawValue));
    }
  }

  #frame() {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const seen = this.#seen(width, height);
    const share = this.#many ? { width: 1, height: 1 } : WINDOW;
    const w = Math.round(seen.width * share.width);
    const h = Math.round(seen.height * share.height);
    this.#canvas.width = w;
    this.#canvas.height = h;
    const context = this.#canvas.getContext('2d', { willReadFrequently: true, alpha: false });
    context.drawImage(this.#video, (width - w) / 2, (height - h) / 2, w, h, 0, 0, w, h);
    return context.getImageData(0, 0, w, h);
  }

  /** How much of the frame the worker sees: the viewfinder cuts off what does not fit, and nothing unseen may be read. */
  #seen(width, height) {
    const { clientWidth, clientHeight } = this.#video;
    const scale = Math.max(clientWidth / width, clientHeight / height);
    return { width: clientWidth / scale, height: clientHeight / scale };
  }

  /** A code is new when it was out of view for a while; a blurred frame in between does not make it new, nor its other spelling. */
  #tell(texts) {
    const now = performance.now();
    const seen = new Map(texts.map(text => [read(text).item ?? text, text]));
    const fresh = [...seen].filter(([code]) => now - (this.#held.get(code) ?? -Infinity) > AWAY).map(([, text]) => text);
    const inView = [...seen.keys(), ...[...this.#held].filter(([, at]) => now - at < BESIDE).map(([code]) => code)];
    const later = fresh.length > 0 ? this.onCodes(fresh, inView) : [];
    seen.forEach((text, code) => later.includes(text) || this.#held.set(code, now));
    this.#held.forEach((at, code) => now - at > AWAY && this.#held.delete(code));
  }
}
