package vn.bocau.console;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import vn.bocau.directory.Directories;
import vn.bocau.directory.LoadReport;

/** The reference data in force: what was read, what was refused and why. */
@RestController
@RequestMapping("/api/ops/v1/directory")
class DirectoryApi {

    private final Directories directories;

    DirectoryApi(Directories directories) {
        this.directories = directories;
    }

    @GetMapping
    LoadReport report() {
        return directories.report();
    }

    /** Reads the files again. With any row refused nothing changes; the answer names them. */
    @PostMapping("/reload")
    LoadReport reload() {
        return directories.reload();
    }
}
