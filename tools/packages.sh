# shellcheck shell=bash
# The Debian packages Tracedeck needs, by purpose. Sourced by ./dev and by tests/tooling.

# To configure, build and run the product.
PACKAGES_BUILD=(
    g++ cmake ninja-build pkg-config git ccache mold
    qt6-base-dev libqt6opengl6-dev libgl-dev libxkbcommon-dev qt6-charts-dev qt6-websockets-dev qt6-svg-dev
    qt6-qpa-plugins libfmt-dev libsimdjson-dev nlohmann-json3-dev libprotozero-dev libsqlite3-dev libboost-dev
    libboost-system-dev libssl-dev libgrpc++-dev libgrpc-dev protobuf-compiler-grpc libprotobuf-dev
    qtkeychain-qt6-dev libtomlplusplus-dev
    libxxhash-dev zlib1g-dev libzstd-dev libre2-dev fonts-inter fonts-jetbrains-mono
)
# To test, lint and fuzz.
PACKAGES_TEST=(
    libgtest-dev libgmock-dev librapidcheck-dev libbenchmark-dev clang-16 clang-tidy-16 clang-format-16
    libclang-rt-16-dev clazy valgrind heaptrack linux-perf curl xvfb xdotool openbox x11-utils imagemagick
    dbus-daemon
)
# Real servers that integration tests start themselves, on loopback; kept from starting as services.
PACKAGES_SERVERS=(docker.io podman runc conmon busybox-static prometheus clickhouse-server gnome-keyring libsecret-1-0 dbus-daemon)
# Only where the commands are not there from another package.
PACKAGES_NODE=(nodejs npm)
