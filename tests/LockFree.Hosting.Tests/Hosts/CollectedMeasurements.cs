using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace LockFree.Hosting.Tests.Hosts;

/// <summary>What the instruments of one host measure.</summary>
internal sealed class CollectedMeasurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, string Text)> _measurements = new();

    public CollectedMeasurements(IServiceProvider services)
    {
        // The factory is the scope of its meters: other hosts of this process have others.
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "LockFree" && ReferenceEquals(instrument.Meter.Scope, factory))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>(Keep);
        _listener.SetMeasurementEventCallback<long>(Keep);
        _listener.SetMeasurementEventCallback<double>(Keep);
        _listener.Start();
    }

    /// <summary>The measurements of one instrument: <c>value unit tag=value …</c>.</summary>
    public string[] Of(string instrument) => [.. _measurements.Where(one => one.Instrument == instrument).Select(one => one.Text)];

    public void Observe() => _listener.RecordObservableInstruments();

    public void Dispose() => _listener.Dispose();

    private void Keep<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        _measurements.Enqueue((instrument.Name, string.Join(' ', [$"{value} {instrument.Unit}", .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")])));
}
