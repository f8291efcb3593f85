package vn.bocau.scan;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a cheap phone's camera sees, as an uncompressed film (YUV4MPEG2) that Chromium takes for its camera: held by hand and
 * not quite straight, out of focus, in changing and uneven light, with the noise of a small sensor.
 */
final class Film {

    static final int WIDTH = 1280;
    static final int HEIGHT = 720;

    /** Frames each second. */
    static final int RATE = 10;

    /** Standard deviation of the blur, in pixels. */
    private static final double BLUR = 1.2;

    /** Standard deviation of the noise, in 256ths of full brightness. */
    private static final double NOISE = 9;

    private static final int PIXELS = WIDTH * HEIGHT;

    private final Random random;
    private final float[] noise = new float[1 << 20];
    private final float[] kernel = kernel();
    private final float[] seen = new float[PIXELS];
    private final float[] blurred = new float[PIXELS];
    private final byte[] luma = new byte[PIXELS];
    private final byte[] chroma = new byte[PIXELS / 4];

    /** A picture held before the camera for a number of frames. */
    record Scene(BufferedImage picture, int frames) {}

    private Film(Random random) {
        this.random = random;
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (random.nextGaussian() * NOISE);
        }
    }

    /** Writes the film; the same each time. */
    static Path shoot(Path file, List<Scene> scenes) {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            Film film = new Film(new Random(20261126));
            out.write("YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n"
                    .formatted(WIDTH, HEIGHT, RATE)
                    .getBytes(StandardCharsets.US_ASCII));
            for (Scene scene : scenes) {
                film.play(scene, out);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void play(Scene scene, OutputStream out) throws IOException {
        float[] paper = brightness(scene.picture());
        double tilt = Math.toRadians(random.nextDouble() * 8 - 4);
        double leanX = (random.nextDouble() - 0.5) * 2e-4;
        double leanY = (random.nextDouble() - 0.5) * 2e-4;
        float light = 0.6f + random.nextFloat() * 0.4f;
        float shade = (random.nextFloat() - 0.5f) * 0.3f;
        for (int frame = 0; frame < scene.frames(); frame++) {
            hold(
                    paper,
                    tilt + random.nextGaussian() * 0.004,
                    leanX,
                    leanY,
                    random.nextGaussian() * 2,
                    random.nextGaussian() * 2);
            blur();
            expose(light, shade);
            out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
            out.write(luma);
            tint(out, 120);
            tint(out, 134);
        }
    }

    private void tint(OutputStream out, int value) throws IOException {
        Arrays.fill(chroma, (byte) value);
        out.write(chroma);
    }

    /** The paper as it lies in the view: turned, leaning away, shaking. */
    private void hold(float[] paper, double tilt, double leanX, double leanY, double shakeX, double shakeY) {
        double cos = Math.cos(tilt);
        double sin = Math.sin(tilt);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double u = x - WIDTH / 2.0;
                double v = y - HEIGHT / 2.0;
                double far = 1 + leanX * u + leanY * v;
                double px = WIDTH / 2.0 + (cos * u - sin * v) / far + shakeX;
                double py = HEIGHT / 2.0 + (sin * u + cos * v) / far + shakeY;
                seen[y * WIDTH + x] = between(paper, px, py);
            }
        }
    }

    private static float between(float[] paper, double px, double py) {
        int x = Math.max(0, Math.min(WIDTH - 2, (int) px));
        int y = Math.max(0, Math.min(HEIGHT - 2, (int) py));
        float dx = share(px - x);
        float dy = share(py - y);
        int at = y * WIDTH + x;
        float above = paper[at] + (paper[at + 1] - paper[at]) * dx;
        float below = paper[at + WIDTH] + (paper[at + WIDTH + 1] - paper[at + WIDTH]) * dx;
        return above + (below - above) * dy;
    }

    private static float share(double beyond) {
        return beyond <= 0 ? 0 : beyond >= 1 ? 1 : (float) beyond;
    }

    private void blur() {
        blur(seen, blurred, 1, WIDTH);
        blur(blurred, seen, WIDTH, HEIGHT);
    }

    /** One direction of a Gaussian blur: pixels lie `step` apart, `length` of them in a line. */
    private void blur(float[] from, float[] to, int step, int length) {
        int reach = kernel.length / 2;
        for (int lines = 0; lines < PIXELS; lines += step * length) {
            for (int place = 0; place < length; place++) {
                boolean inside = place >= reach && place < length - reach;
                int first = lines + place * step;
                for (int at = first; at < first + step; at++) {
                    to[at] = inside ? around(from, at, step) : atEdge(from, at, step, place, length);
                }
            }
        }
    }

    /** All but a few lie here: there is nothing to ask. */
    private float around(float[] from, int at, int step) {
        int near = at - kernel.length / 2 * step;
        float sum = 0;
        for (float weight : kernel) {
            sum += weight * from[near];
            near += step;
        }
        return sum;
    }

    private float atEdge(float[] from, int at, int step, int place, int length) {
        int reach = kernel.length / 2;
        float sum = 0;
        for (int k = -reach; k <= reach; k++) {
            int near = Math.max(0, Math.min(length - 1, place + k));
            sum += kernel[k + reach] * from[at + (near - place) * step];
        }
        return sum;
    }

    private void expose(float light, float shade) {
        int grain = random.nextInt(noise.length);
        float[] lit = new float[WIDTH];
        for (int x = 0; x < WIDTH; x++) {
            lit[x] = light * (1 + shade * (x / (float) WIDTH - 0.5f));
        }
        for (int line = 0; line < PIXELS; line += WIDTH) {
            for (int x = 0; x < WIDTH; x++) {
                int at = line + x;
                float value = seen[at] * lit[x] + noise[(at + grain) & (noise.length - 1)];
                luma[at] = (byte) Math.max(0, Math.min(255, Math.round(value)));
            }
        }
    }

    private static float[] brightness(BufferedImage picture) {
        int[] rgb = picture.getRGB(0, 0, WIDTH, HEIGHT, null, 0, WIDTH);
        float[] bright = new float[PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            bright[i] = 0.299f * (rgb[i] >> 16 & 255) + 0.587f * (rgb[i] >> 8 & 255) + 0.114f * (rgb[i] & 255);
        }
        return bright;
    }

    private static float[] kernel() {
        int reach = (int) Math.ceil(BLUR * 3);
        float[] kernel = new float[2 * reach + 1];
        float sum = 0;
        for (int k = -reach; k <= reach; k++) {
            kernel[k + reach] = (float) Math.exp(-k * k / (2 * BLUR * BLUR));
            sum += kernel[k + reach];
        }
        for (int k = 0; k < kernel.length; k++) {
            kernel[k] /= sum;
        }
        return kernel;
    }
}
