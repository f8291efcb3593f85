package vn.bocau.wire.mapping;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;

/** A directory that knows some partners and nothing else. */
public record FewPartners(List<Partner> partners) {

    public static FewPartners of(Partner... partners) {
        return new FewPartners(List.of(partners));
    }

    /** The mappings we ship, with these partners and a folder that goes before. */
    public Mappings mappings(@Nullable Path folder) {
        return new Mappings(directories(), folder == null ? "" : folder.toString());
    }

    public Directories directories() {
        return answering(Directories.class);
    }

    private <T> T answering(Class<T> face) {
        return face.cast(Proxy.newProxyInstance(face.getClassLoader(), new Class<?>[] {face}, (proxy, method, args) -> {
            switch (method.getName()) {
                case "current":
                    return answering(Directory.class);
                case "partners":
                    return partners;
                case "partner":
                    return partners.stream().filter(p -> p.id().equals(args[0])).findFirst();
                default:
                    throw new UnsupportedOperationException(method.getName());
            }
        }));
    }
}
