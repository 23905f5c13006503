using Microsoft.Extensions.Logging;

namespace LockFree.Hosting.Tests.Hosts;

internal sealed record LoggedEvent(string Category, EventId Id, LogLevel Level, string Message, Exception? Exception);
