// The UPU S10 item identifier, read as the server reads it (vn.bocau.code.ItemId). Never guesses silently.
import { behind } from './vietnamese-keys.js';

const SHAPE = /^[A-Z]{2}[0-9]{9}[A-Z]{2}$/;
const WEIGHTS = [8, 6, 4, 2, 3, 5, 9, 7];
const COUNTRIES = new Set(('AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ '
  + 'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG '
  + 'GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ '
  + 'LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR '
  + 'NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ '
  + 'TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW').split(' '));

export function checkDigit(digits) {
  const sum = WEIGHTS.reduce((all, weight, i) => all + weight * Number(digits[i]), 0);
  const check = 11 - (sum % 11);
  return check === 10 ? 0 : check === 11 ? 5 : check;
}

/** @returns null when it is one, else the key of the words that say what is wrong */
export function flaw(code) {
  if (!SHAPE.test(code)) return 's10.shape';
  if (checkDigit(code.slice(2, 10)) !== Number(code[10])) return 's10.check';
  return COUNTRIES.has(code.slice(11)) ? null : 's10.country';
}

/**
 * @returns {outcome, item?, flaw?}: 'valid'; 'repaired', a keyboard program changed it and `item` is a proposal that the
 *     worklist or the worker confirms; 'invalid'
 */
export function read(text) {
  // Nothing but a to z may become A to Z: ß and ı stay what they are.
  const normal = text.replace(/[\s\u00a0]+/g, '').replace(/[a-z]/g, c => c.toUpperCase());
  const wrong = flaw(normal);
  if (!wrong) return { outcome: 'valid', item: normal };
  const meant = [...behind(normal)].filter(keys => !flaw(keys));
  return meant.length === 1 ? { outcome: 'repaired', item: meant[0] } : { outcome: 'invalid', flaw: wrong };
}

/** As printed for the eye: RR 123 456 785 VN. */
export function grouped(item) {
  return SHAPE.test(item) ? item.replace(/(..)(...)(...)(...)(..)/, '$1\u00a0$2\u00a0$3\u00a0$4\u00a0$5') : item;
}
