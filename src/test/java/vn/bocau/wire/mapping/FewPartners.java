package vn.bocau.wire.mapping;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vn.bocau.directory.Directories;
import vn.bocau.directory.Directory;
import vn.bocau.directory.Partner;

/**
 * A directory that knows some partners, the mappings we ship, and nothing else.
 *
 * @param folder goes before those mappings, and is read anew whenever somebody asks; null when there is none
 */
public record FewPartners(@Nullable Path folder, List<Partner> partners) {

    private static final MappingSet SHIPPED = read(null);

    public static FewPartners of(@Nullable Path folder, Partner... partners) {
        return new FewPartners(folder, List.of(partners));
    }

    public MappingSet mappings() {
        return folder == null ? SHIPPED : read(folder);
    }

    private static MappingSet read(@Nullable Path folder) {
        return new MappingSet(new MappingFiles(folder, (name, why) -> {
            throw new IllegalStateException(name + " " + why);
        }));
    }

    public Directories directories() {
        return answering(Directories.class);
    }

    private <T> T answering(Class<T> face) {
        return face.cast(Proxy.newProxyInstance(face.getClassLoader(), new Class<?>[] {face}, (proxy, method, args) -> {
            switch (method.getName()) {
                case "current":
                    return answering(Directory.class);
                case "companion":
                    return mappings();
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
