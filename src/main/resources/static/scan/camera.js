// The camera: decodes the aiming window alone, or the whole frame when many labels lie in it.
import { BarcodeDetector as OurDetector, prepareZXingModule } from './lib/barcode-detector.js';

const FORMATS = ['qr_code', 'code_128'];
/** Share of the frame in the aiming window. A Code 128 that is noisy in the whole frame is read in it. */
const WINDOW = { width: 0.75, height: 0.45 };

// By default it fetches its decoder from a CDN, which is not there in the mountains.
prepareZXingModule({ overrides: { locateFile: (path, prefix) => (path.endsWith('.wasm') ? new URL('./lib/zxing_reader.wasm', import.meta.url).href : prefix + path) } });

/** The phone's own decoder when it has one that knows both codes, else ours. */
export async function detector() {
  const native = globalThis.BarcodeDetector;
  const formats = (await native?.getSupportedFormats?.().catch(() => [])) ?? [];
  return FORMATS.every(f => formats.includes(f)) ? new native({ formats: FORMATS }) : new OurDetector({ formats: FORMATS });
}

export class Camera {
  #video;
  #canvas = document.createElement('canvas');
  #detector;
  #running = false;
  #many = false;
  #held = new Map();

  /** @param onCodes called with the texts newly seen in one frame; a code held in view is told once */
  constructor(video, onCodes) {
    this.#video = video;
    this.onCodes = onCodes;
  }

  set many(on) {
    this.#many = on;
  }

  /** @throws NotAllowedError, NotFoundError as getUserMedia does */
  async start() {
    const media = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    this.#video.srcObject = media;
    await this.#video.play();
    this.#detector ??= await detector();
    this.#running = true;
    this.#loop();
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

  async #loop() {
    while (this.#running) {
      await new Promise(resolve => (this.#video.requestVideoFrameCallback ?? requestAnimationFrame).call(this.#video, resolve));
      if (!this.#running || !this.#video.videoWidth) continue;
      const found = await this.#detector.detect(this.#frame()).catch(() => []);
      this.#tell(found.map(code => code.rawValue));
    }
  }

  #frame() {
    const { videoWidth: width, videoHeight: height } = this.#video;
    const share = this.#many ? { width: 1, height: 1 } : WINDOW;
    const w = Math.round(width * share.width);
    const h = Math.round(height * share.height);
    this.#canvas.width = w;
    this.#canvas.height = h;
    const context = this.#canvas.getContext('2d', { willReadFrequently: true, alpha: false });
    context.drawImage(this.#video, (width - w) / 2, (height - h) / 2, w, h, 0, 0, w, h);
    return context.getImageData(0, 0, w, h);
  }

  /** A code is new when it was out of view for a while; a blurred frame in between does not make it new. */
  #tell(texts) {
    const now = performance.now();
    const fresh = [...new Set(texts)].filter(text => now - (this.#held.get(text) ?? -Infinity) > 1_500);
    texts.forEach(text => this.#held.set(text, now));
    this.#held.forEach((at, text) => now - at > 10_000 && this.#held.delete(text));
    if (fresh.length > 0) this.onCodes(fresh);
  }
}
