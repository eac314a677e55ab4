// SPDX-License-Identifier: GPL-3.0-or-later
#include "perf/macro/collector/body_sender.h"
#include "perf/stress/stress_socket.h"

#include <utility>

namespace tracedeck::perf {

namespace {

class HttpSender final : public BodySender {
public:
    HttpSender(std::string address, stress::StressSocket socket)
        : m_address(std::move(address)), m_socket(std::move(socket))
    { }

    SendOutcome send(const std::string& body) override
    {
        const int status = m_socket.ask(stress::exportRequest(m_address, "application/x-protobuf", body)).status;
        if (status == 429 || status == 503)
            return SendOutcome::Busy;
        return status == 200 ? SendOutcome::Taken : SendOutcome::Failed;
    }

private:
    std::string m_address;
    stress::StressSocket m_socket;
};

} // namespace

Result<std::unique_ptr<BodySender>> httpSender(const std::string& address)
{
    auto socket = stress::StressSocket::connect(address, std::chrono::seconds(60));
    if (!socket)
        return socket.error();
    return std::unique_ptr<BodySender>(std::make_unique<HttpSender>(address, std::move(socket).value()));
}

} // namespace tracedeck::perf
