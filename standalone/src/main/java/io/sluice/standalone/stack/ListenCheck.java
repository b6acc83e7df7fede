package io.sluice.standalone.stack;

import io.sluice.embedded.Ports;

/** Can the public API listen where the user wants it? */
final class ListenCheck {
    private ListenCheck() {}

    static void require(String host, int port) {
        if (port < 1 || port > 65_535) {
            throw new StackException("port " + port + " is not a TCP port: choose one between 1 and 65535 with --port");
        }
        if (Ports.isFree(host, port)) {
            return;
        }
        if (!Ports.isFree(host, 0)) {
            throw new StackException(
                    "this machine has no address " + host + " to listen on: choose another one with --host");
        }
        throw new StackException(
                "port " + port + " is in use by another program: stop it, or choose another port with --port");
    }
}
