// A site of each rule of items 1 to 3 in its plainest form, and beside some of them a site that looks the same and is right.
// The name of a class says the rule; "Right" in it says that nothing should be reported.
using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockFree;

namespace Comparison;

public sealed class LF1001_DictionaryUnderLock
{
    private readonly object _gate = new();
    private readonly Dictionary<string, int> _prices = new();

    public void Set(string key, int price)
    {
        lock (_gate)
        {
            _prices[key] = price;
        }
    }

    public bool TryGet(string key, out int price)
    {
        lock (_gate)
        {
            return _prices.TryGetValue(key, out price);
        }
    }
}

public sealed class LF1001_Right_LockGuardsTwoFields
{
    private readonly object _gate = new();
    private readonly Dictionary<string, int> _prices = new();
    private int _total;

    public void Set(string key, int price)
    {
        lock (_gate)
        {
            _prices[key] = price;
            _total += price;
        }
    }

    public int Total()
    {
        lock (_gate)
        {
            return _total;
        }
    }
}

public sealed class LF1002_LostUpdate
{
    private readonly ConcurrentDictionary<string, int> _hits = new();

    public void Hit(string key)
    {
        if (_hits.TryGetValue(key, out int count))
            _hits[key] = count + 1;
        else
            _hits[key] = 1;
    }
}

public sealed class LF1002_CheckThenAdd
{
    private readonly ConcurrentDictionary<string, StreamWriter> _logs = new();

    public StreamWriter Open(string path)
    {
        if (!_logs.ContainsKey(path))
            _logs[path] = new StreamWriter(path);
        return _logs[path];
    }
}

public sealed class LF1002_Right_ResultIsUsed
{
    private readonly ConcurrentDictionary<string, object> _known = new();

    public object Get(string key)
    {
        if (_known.TryGetValue(key, out object? found))
            return found;
        object made = new();
        return _known.TryAdd(key, made) ? made : _known[key];
    }
}

public sealed class LF1003_CountInATest
{
    private readonly ConcurrentDictionary<string, int> _hits = new();

    public int Sum()
    {
        int sum = 0;
        while (_hits.Count > 0)
        {
            foreach (string key in _hits.Keys)
            {
                if (_hits.TryRemove(key, out int count))
                    sum += count;
            }
        }

        return sum;
    }
}

public sealed class LF2001_CellUnderLock
{
    private readonly object _gate = new();
    private string _address = "localhost";

    public string Address
    {
        get
        {
            lock (_gate)
            {
                return _address;
            }
        }
    }

    public void Move(string address)
    {
        lock (_gate)
        {
            _address = address;
        }
    }
}

public sealed class LF2002_SnapshotMutated
{
    private readonly SwapCell<List<string>> _names = new([]);

    public void Add(string name) => _names.Load().Add(name);
}

public sealed class LF2003_TwoSnapshotsMixed
{
    private readonly SwapCell<Range> _range = new(new Range(0, 10));

    public int Width() => _range.Load().To - _range.Load().From;

    public void Move(Range range) => _range.Store(range);

    public sealed record Range(int From, int To);
}

public sealed class LF2004_LostSwap
{
    private readonly SwapCell<ImmutableList<string>> _names = new(ImmutableList<string>.Empty);

    public void Add(string name) => _names.Store(_names.Load().Add(name));
}

public sealed class LF2004_LostSwapOfAField
{
    private static ImmutableDictionary<string, int> s_prices = ImmutableDictionary<string, int>.Empty;

    public static Task SetAsync(string key, int price) => Task.Run(() => s_prices = s_prices.SetItem(key, price));

    public static int Get(string key) => s_prices[key];
}

public sealed class LF2005_DoubleCheckedFlag
{
    private readonly object _gate = new();
    private bool _loaded;
    private string? _text;

    public string? Text()
    {
        if (!_loaded)
        {
            lock (_gate)
            {
                if (!_loaded)
                {
                    _text = Environment.CommandLine;
                    _loaded = true;
                }
            }
        }

        return _text;
    }
}

public sealed class LF2006_DisposableInACell
{
    private readonly SwapCell<FileStream> _log;

    public LF2006_DisposableInACell(string path) => _log = new SwapCell<FileStream>(File.OpenWrite(path));

    public void Rotate(string path) => _log.Store(File.OpenWrite(path));

    public void Write(byte[] bytes) => _log.Load().Write(bytes);
}

public sealed class LF3001_ReaderWriterLockInAsyncCode
{
    private readonly ReaderWriterLockSlim _gate = new();
    private readonly List<string> _lines = [];

    public async Task AppendAsync(Stream source)
    {
        using var reader = new StreamReader(source);
        string text = await reader.ReadToEndAsync().ConfigureAwait(false);
        _gate.EnterWriteLock();
        try
        {
            _lines.Add(text);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }
}

public sealed class LF3002_HeldAcrossAwait
{
    private readonly ReaderWriterLockSlim _gate = new();

    public async Task CopyAsync(Stream from, Stream to)
    {
        _gate.EnterWriteLock();
        try
        {
            await from.CopyToAsync(to).ConfigureAwait(false);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }
}

public sealed class LF3003_BlockingUnderALock
{
    private readonly object _gate = new();

    public void Copy(Stream from, Stream to)
    {
        lock (_gate)
        {
            from.CopyToAsync(to).Wait();
        }
    }
}
