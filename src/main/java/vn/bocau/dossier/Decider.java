package vn.bocau.dossier;

import vn.bocau.directory.Agency;

/** An agency that decides, and who speaks for it: its own system, or a clerk of it at our desk. */
record Decider(Agency agency, Author author) {

    boolean atDesk() {
        return author.source().equals(Decisions.DESK);
    }
}
