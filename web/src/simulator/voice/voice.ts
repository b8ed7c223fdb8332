// A voice note as it is sent. The sample was spoken by espeak-ng in Mexican Spanish: "Hola. Hay un bache grande en la
// calle diez, enfrente del mercado." A synthetic voice belongs to nobody.
import pothole from "./pothole.ogg";

/** WhatsApp's own kind of voice note. */
const MIME = "audio/ogg; codecs=opus";

export async function sampleVoice(): Promise<Blob> {
  const response = await fetch(pothole);
  if (!response.ok) throw new Error(`the sample answered ${response.status}`);
  return new Blob([await response.arrayBuffer()], { type: MIME });
}
