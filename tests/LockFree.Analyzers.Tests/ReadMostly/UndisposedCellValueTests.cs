namespace LockFree.Analyzers.Tests.ReadMostly;

public sealed class UndisposedCellValueTests
{
    [Theory]
    [InlineData("_cell.Store(next);", "_cell.Store(next)")]
    [InlineData("_cell.Exchange(next);", "_cell.Exchange(next)")]
    [InlineData("_ = _cell.Exchange(next);", "_cell.Exchange(next)")]
    [InlineData("var old = _cell.Exchange(next);", "_cell.Exchange(next)")]
    [InlineData("_cell.Update(_ => next);", "_cell.Update(_ => next)")]
    [InlineData("_asynchronous.Store(new Pool());", "_asynchronous.Store(new Pool())")]
    public async Task A_replaced_value_that_nobody_keeps_is_information(string body, string place) =>
        Assert.Equal([$"LF2006 info {place}"], await FindingsAsync($"public void M(System.IO.Stream next) {{ {body} }}"));

    [Theory]
    [InlineData("_cell.Exchange(next).Dispose();")]
    [InlineData("_cell.Exchange(next)?.Close();")]
    [InlineData("var old = _cell.Exchange(next); old.Flush();")]
    [InlineData("var old = _cell.Load(); _cell.Store(next); old.Dispose();")]
    [InlineData("using var old = _cell.Exchange(next);")]
    [InlineData("Later(_cell.Exchange(next));")]
    [InlineData("_text.Store(\"a\");")]
    [InlineData("_task.Store(Task.CompletedTask);")]
    [InlineData("_cell.CompareExchange(next, _cell.Load());")]
    [InlineData("var mine = new SwapCell<System.IO.Stream>(next); mine.Store(next);")]
    public async Task A_value_that_somebody_keeps_or_that_needs_no_disposal_is_silent(string body) =>
        Assert.Empty(await FindingsAsync($"public void M(System.IO.Stream next) {{ {body} }}"));

    [Fact]
    public async Task A_constructor_is_silent() => Assert.Empty(await FindingsAsync("public C() { _cell.Store(System.IO.Stream.Null); }"));

    private static Task<string[]> FindingsAsync(string members) => CellSource.FindingsAsync("LF2006", $$"""
        sealed class Pool : IAsyncDisposable { public ValueTask DisposeAsync() => default; }
        class C
        {
            private readonly SwapCell<System.IO.Stream> _cell = new(System.IO.Stream.Null);
            private readonly SwapCell<Pool> _asynchronous = new(new Pool());
            private readonly SwapCell<string> _text = new("");
            private readonly SwapCell<Task> _task = new(Task.CompletedTask);
            private static void Later(IDisposable old) { }
            {{members}}
        }
        """);
}
