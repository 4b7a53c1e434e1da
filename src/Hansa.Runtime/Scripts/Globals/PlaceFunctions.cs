using System.Text.Json;
using Hansa.Model;

namespace Hansa.Runtime.Scripts.Globals;

/// <summary>Functions on places. Units of distances are K (kilometres, where none is said), M (miles) and N (nautical miles).</summary>
internal static class PlaceFunctions
{
    private const int FencePoints = 36;
    private const int MaxPoints = 10_000;

    private static readonly DataShape FenceShape = new([new("location", BaseType.LOCATION)]);

    public static IReadOnlyList<GlobalFunction> All { get; } =
    [
        new("distanceBetween", call => Value.Number(call.Place(0, "location1").DistanceTo(call.Place(1, "location2")) / Kilometres(call, 2))),
        new("createCircularGeoFence", call => Value.Table(Circle(call.Place(0, "center"), call.Number(1, "radius") * Kilometres(call, 2)))),
        new("containsLocation", call => Value.Boolean(Contains(call.Place(0, "location"), Polygon(call)))),
    ];

    private static double Kilometres(GlobalCall call, int index) => call.Optional(index, "units", BaseType.STRING).AsText()?.ToUpperInvariant() switch
    {
        null or "" or "K" => 1,
        "M" => 1.609344,
        "N" => 1.852,
        var other => throw call.Refuse($"takes the units K, M or N, not '{other}'"),
    };

    // Points on the sphere, clockwise from north, the first one again at the end.
    private static InfoTable Circle(Location center, double kilometres)
    {
        var builder = new InfoTable.Builder(FenceShape);
        var (latitude, angle) = (double.DegreesToRadians(center.Latitude), kilometres / Location.EarthRadiusKilometres);
        for (var i = 0; i <= FencePoints; i++)
        {
            var bearing = 2 * Math.PI * (i % FencePoints) / FencePoints;
            var there = Math.Asin(Math.Clamp(Math.Sin(latitude) * Math.Cos(angle) + Math.Cos(latitude) * Math.Sin(angle) * Math.Cos(bearing), -1, 1));
            var turn = Math.Atan2(Math.Sin(bearing) * Math.Sin(angle) * Math.Cos(latitude), Math.Cos(angle) - Math.Sin(latitude) * Math.Sin(there));
            builder.Add(Value.Location(new(Turned(center.Longitude + double.RadiansToDegrees(turn)), double.RadiansToDegrees(there), center.Elevation)));
        }

        return builder.Build();
    }

    private static List<Location> Polygon(GlobalCall call)
    {
        var given = call.Arguments.ElementAtOrDefault(1);
        var points = given.AsTable() is { } table ? Points(table) : given.BaseType == BaseType.JSON ? Points(given) : null;
        return points is { Count: >= 3 and <= MaxPoints } ? points
            : throw call.Refuse($"needs a 'polygon' of 3 to {MaxPoints} points: a table with a LOCATION column, or a list of locations");
    }

    private static List<Location>? Points(InfoTable table)
    {
        var column = table.Shape.Fields.IndexOf(table.Shape.Fields.FirstOrDefault(field => field.BaseType == BaseType.LOCATION)!);
        return column < 0 ? null : [.. Enumerable.Range(0, table.RowCount).Select(row => table[row, column].AsLocation()).OfType<Location>()];
    }

    private static List<Location>? Points(Value json)
    {
        using var document = JsonDocument.Parse(json.AsText()!);
        return document.RootElement.ValueKind != JsonValueKind.Array ? null
            : [.. document.RootElement.EnumerateArray().Select(point => Coercion.To(Value.Text(point.GetRawText(), BaseType.JSON), BaseType.LOCATION, "polygon").AsLocation()!)];
    }

    // Counts the sides that a line to the east crosses; longitudes are taken from the place, so that 180° is no border.
    private static bool Contains(Location place, List<Location> polygon)
    {
        var isInside = false;
        for (var (i, j) = (0, polygon.Count - 1); i < polygon.Count; j = i++)
        {
            var (a, b) = (polygon[i], polygon[j]);
            var (x, step) = (Turned(a.Longitude - place.Longitude), Turned(b.Longitude - a.Longitude));
            if (a.Latitude > place.Latitude != b.Latitude > place.Latitude && x + step * (place.Latitude - a.Latitude) / (b.Latitude - a.Latitude) > 0)
                isInside = !isInside;
        }

        return isInside;
    }

    private static double Turned(double degrees) => degrees - 360 * Math.Floor((degrees + 180) / 360);
}
