// SPDX-License-Identifier: GPL-3.0-or-later
#include "formats/socket_table.h"

#include <gtest/gtest.h>

using namespace tracedeck;

namespace {

// Recorded on a machine with one listener, one connection to it, one over IPv6 and one that nobody holds.
constexpr const char* kTcp =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    "   0: 0100007F:10DE 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 52 1 0 100 0 0 10 0\n"
    "   1: 0100007F:10DE 0100007F:D2F0 01 00000000:00000000 00:00000000 00000000     0        0 70 1 0 20 4 30 10 -1\n"
    "   2: 0100007F:D2F0 0100007F:10DE 01 00000000:00000000 02:000A7214 00000000  1000        0 9071 2 0 20 4 0 10 -1\n"
    "   3: 030011AC:A3C2 010011AC:10DE 06 00000000:00000000 03:00001770 00000000     0        0 0 3 0\n";
constexpr const char* kTcp6 =
    "  sl  local_address                         remote_address                        st tx_queue rx_queue tr\n"
    "   0: 0000000000000000FFFF00000100007F:C350 0000000000000000FFFF00000100007F:10DE 01 0:0 00:0 0 33 0 811 1 0\n"
    "   1: 00000000000000000000000001000000:C351 00000000000000000000000001000000:10DE 01 0:0 00:0 0 33 0 812 1 0\n";

TEST(SocketTable, TheClientsEndOfAConnectionHasAnInodeAndAUser)
{
    EXPECT_EQ(findSocket(kTcp, {"127.0.0.1", 54000}), (SocketEntry{9071, 1000}));
    EXPECT_EQ(findSocket(kTcp, {"127.0.0.1", 4318}), (SocketEntry{70, 0})) << "the server's end, not the listener";
    EXPECT_EQ(findSocket(kTcp, {"127.0.0.2", 54000}), std::nullopt);
    EXPECT_EQ(findSocket(kTcp, {"172.17.0.3", 41922}), std::nullopt) << "nobody holds it any more";
}

TEST(SocketTable, Ipv6AndMappedAddresses)
{
    EXPECT_EQ(findSocket(kTcp6, {"127.0.0.1", 50000}), (SocketEntry{811, 33}));
    EXPECT_EQ(findSocket(kTcp6, {"::1", 50001}), (SocketEntry{812, 33}));
}

TEST(SocketTable, BrokenTextsHoldNothing)
{
    for (const char* text : {"", "\n", "header\n1:", "header\n 0: XXXXXXXX:D2F0 0:0 01 0 0 0 0 0 1",
                             "header\n 0: 0100007F 0:0 01 0 0 0 0 0 1", "header\n 0: 0100007F:D2F0 0:0 01 0 0"}) {
        EXPECT_EQ(findSocket(text, {"127.0.0.1", 54000}), std::nullopt) << text;
    }
}

TEST(SocketTable, PeersAsBothServersSpellThem)
{
    const SocketAddress v4{"127.0.0.1", 54000};
    EXPECT_EQ(parseSocketAddress("127.0.0.1:54000"), v4);
    EXPECT_EQ(parseSocketAddress("ipv4:127.0.0.1:54000"), v4);
    EXPECT_EQ(parseSocketAddress("[::ffff:127.0.0.1]:54000"), v4);
    EXPECT_EQ(parseSocketAddress("[::1]:1"), (SocketAddress{"::1", 1}));
    EXPECT_EQ(parseSocketAddress("ipv6:%5B::1%5D:1"), (SocketAddress{"::1", 1}));
    EXPECT_EQ(parseSocketAddress("ipv6:[fe80::1%eth0]:1"), (SocketAddress{"fe80::1", 1}));
    for (const char* text : {"", "unix:/run/x", "127.0.0.1", "127.0.0.1:", "127.0.0.1:70000", "name:80", ":80"}) {
        EXPECT_EQ(parseSocketAddress(text), std::nullopt) << text;
    }
}

TEST(SocketTable, DescriptorLinks)
{
    EXPECT_EQ(socketInode("socket:[9071]"), 9071U);
    for (const char* text : {"", "socket:[]", "socket:[x]", "pipe:[9071]", "/dev/null", "socket:[9071"}) {
        EXPECT_EQ(socketInode(text), std::nullopt) << text;
    }
}

} // namespace
