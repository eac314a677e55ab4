// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/qt_allocation_count.h"

#include <cstdlib>

namespace {

thread_local bool counting = false;
thread_local std::size_t allocations = 0;

} // namespace

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern "C" {
void* __libc_malloc(std::size_t); // NOLINT(bugprone-reserved-identifier)
void* __libc_calloc(std::size_t, std::size_t); // NOLINT(bugprone-reserved-identifier)
void* __libc_realloc(void*, std::size_t); // NOLINT(bugprone-reserved-identifier)

void* malloc(std::size_t size)
{
    allocations += counting ? 1 : 0;
    return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size)
{
    allocations += counting ? 1 : 0;
    return __libc_calloc(count, size);
}

void* realloc(void* block, std::size_t size)
{
    allocations += counting ? 1 : 0;
    return __libc_realloc(block, size);
}
}
#endif

namespace tracedeck::testing_support {

AllocationCount::AllocationCount()
{
    allocations = 0;
    counting = true;
}

AllocationCount::~AllocationCount()
{
    counting = false;
}

std::size_t AllocationCount::value() const
{
    return allocations;
}

bool AllocationCount::works()
{
    const AllocationCount count;
    void* volatile block = std::malloc(1);
    std::free(block);
    return count.value() > 0;
}

} // namespace tracedeck::testing_support
