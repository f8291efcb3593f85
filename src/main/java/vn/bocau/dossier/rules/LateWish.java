package vn.bocau.dossier.rules;

/**
 * What a citizen asked for and was granted, before it was heard that something else had happened already.
 *
 * @param step where the item had been by then
 * @param nextTime what is on the road goes on as before; it holds when somebody comes again
 */
public record LateWish(Choice asked, Step step, boolean nextTime) {}
