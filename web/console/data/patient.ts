const TIMES = 3;
/** Longer than this nobody waits without being told. */
const LONGEST_S = 5;

/**
 * Sends again what the gateway has put off, after the time that it asks for: too much in a short time (429), or too
 * much from everybody (503). Neither was begun, so a mutation may be sent again too.
 */
export function patient(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    for (let time = 1; ; time += 1) {
      const answer = await send(input, init);
      const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
      const putOff = (answer.status === 429 || answer.status === 503) && seconds <= LONGEST_S;
      if (!putOff || time === TIMES) return answer;
      await new Promise(resolve => setTimeout(resolve, seconds * 1000));
    }
  };
}
