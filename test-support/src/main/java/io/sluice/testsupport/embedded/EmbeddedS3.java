package io.sluice.testsupport.embedded;

import io.sluice.embedded.ChildPart;
import io.sluice.embedded.ChildProcess;
import io.sluice.embedded.ChildSpec;
import io.sluice.embedded.JavaCommand;
import io.sluice.embedded.PartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real S3 server (S3Proxy over a folder) on the loopback address. Objects survive its end: it may be killed and started
 * again, with the same address. It wants path style, and signatures of one key.
 */
public final class EmbeddedS3 extends ChildPart {
    /** The bucket there is from the start. */
    public static final String BUCKET = "sluice";
    /** The access key's id. */
    public static final String ACCESS_KEY = "sluice-tests";
    /** The access key's secret. */
    public static final String SECRET_KEY = "sluice-tests-only";

    private static final Path BUILT = Path.of("test-support", "target", "parts", "s3proxy", "s3proxy.jar");
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration ORDERLY = Duration.ofSeconds(5);
    private static final int CONNECT_MILLIS = 500;

    private final int port;
    private final Path data;
    private final Path log;

    EmbeddedS3(int port, Path data, Path log) {
        super("s3", ORDERLY);
        this.port = port;
        this.data = Objects.requireNonNull(data);
        this.log = Objects.requireNonNull(log);
    }

    /** The endpoint S3 clients want. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Its port. */
    public int port() {
        return port;
    }

    /** The folder with the objects of a bucket, for readers that do not speak S3. */
    public Path folder(String bucket) {
        return data.resolve("buckets").resolve(bucket);
    }

    /** Makes a bucket. */
    public void makeBucket(String bucket) {
        try {
            Files.createDirectories(folder(bucket));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The settings a Sluice bucket of type s3 needs to be in one of its buckets. */
    public Map<String, String> settings(String bucket) {
        return Map.of(
                "bucket",
                bucket,
                "region",
                "us-east-1",
                "access_key_id",
                ACCESS_KEY,
                "secret_access_key",
                SECRET_KEY,
                "endpoint",
                url(),
                "path_style",
                "true");
    }

    @Override
    protected ChildProcess launch() {
        makeBucket(BUCKET);
        List<String> command = new JavaCommand("192m")
                .options("-XX:TieredStopAtLevel=1")
                .property("LOG_LEVEL", "warn")
                .main(
                        jar().toString(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        properties().toString());
        ChildProcess process =
                ChildProcess.start(ChildSpec.java(name(), command, Map.of(), log, data.toString(), Optional.empty()));
        process.awaitReady(this::answers, READY);
        return process;
    }

    private Path properties() {
        Path file = data.resolve("s3proxy.properties");
        try {
            Files.write(
                    file,
                    List.of(
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.endpoint=" + url(),
                            "s3proxy.identity=" + ACCESS_KEY,
                            "s3proxy.credential=" + SECRET_KEY,
                            "jclouds.provider=filesystem-nio2",
                            "jclouds.filesystem.basedir=" + data.resolve("buckets")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return file;
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Path jar() {
        String root = System.getProperty("sluice.rootDirectory");
        Stream<Path> above = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent);
        return Stream.concat(Stream.ofNullable(root).map(Path::of), above)
                .map(folder -> folder.resolve(BUILT))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new PartException("The S3 server was not found: build the module test-support"));
    }
}
