package vn.bocau.desk;

import vn.bocau.code.Text;

/**
 * One of several that stayed where it was.
 *
 * @param why and what would be right
 */
record Left(String item, Text why) {}
