// What listeners hear while drafts are made: the start, each quarter, the first failure, and the end. Nothing else.
const QUIET_MS = 10_000;

export class ProgressAnnouncer {
  /**
   * `ended` of `total` pictures have an outcome when the page is opened, at the time `now` (milliseconds). `begun` and
   * `failure` are what to say where it is not about drafts.
   */
  constructor({ total, ended, begun, failure }, now) {
    this.saidAt = now;
    this.saidQuarter = quarterOf(Number(ended), Number(total));
    this.saidFailure = false;
    this.begun = begun ?? "Drafts are being made.";
    this.failure = failure ?? "A picture failed.";
  }

  /** The first sentence. */
  start(heading) {
    return `${this.begun} ${heading}.`;
  }

  /** The sentence for the present counts, or null to keep quiet. */
  update({ total, done, failed, waiting, heading }, now) {
    if (waiting === 0) {
      return `Finished. ${heading}.`;
    }
    const quarter = quarterOf(done + failed, total);
    if (failed > 0 && !this.saidFailure) {
      this.saidFailure = true;
      return this.say(`${this.failure} ${heading}.`, quarter, now);
    }
    if (quarter > this.saidQuarter && now - this.saidAt >= QUIET_MS) {
      return this.say(`${heading}.`, quarter, now);
    }
    return null;
  }

  say(sentence, quarter, now) {
    this.saidAt = now;
    this.saidQuarter = quarter;
    return sentence;
  }
}

function quarterOf(ended, total) {
  return Math.floor((ended * 4) / total);
}
