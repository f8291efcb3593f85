package vn.bocau.directory;

/** The picture in force. Bean {@code directories}. */
public interface Directories {

    Directory current();
}
