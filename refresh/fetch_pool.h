// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace tracedeck {

/// Runs work somewhere; tests run it when they want.
class Executor {
public:
    Executor() = default;
    Executor(const Executor&) = delete;
    Executor& operator=(const Executor&) = delete;
    virtual ~Executor() = default;
    /// Any thread. Work given after stop() is dropped.
    virtual void run(std::function<void()> work) = 0;
    /// Drops what has not begun and waits for what has, at most `patience`. False when something still
    /// runs: it is left to itself, so work must own what it touches.
    virtual bool stop(std::chrono::milliseconds patience) = 0;
};

/// A few threads that take work in the order it came. Threads start when first needed.
class FetchPool final : public Executor {
public:
    explicit FetchPool(std::size_t threads);
    ~FetchPool() override;
    void run(std::function<void()> work) override;
    bool stop(std::chrono::milliseconds patience) override;

private:
    struct State;
    static void work(const std::shared_ptr<State>& state);

    std::shared_ptr<State> m_state; ///< shared with the threads, which may outlive the pool when stuck
};

} // namespace tracedeck
