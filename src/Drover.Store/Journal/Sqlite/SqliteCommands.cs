using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Drover.Store.Journal.Sqlite;

/// <summary>Short forms of what is asked of a connection now and then.</summary>
internal static class SqliteCommands
{
    public static int Run(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Make(connection, sql, parameters);
        return command.ExecuteNonQuery();
    }

    public static object? Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Make(connection, sql, parameters);
        return command.ExecuteScalar() is var value and not DBNull ? value : null;
    }

    public static List<T> Rows<T>(this SqliteConnection connection, string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Make(connection, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Sets bytes as a value, where they can be without a copy.</summary>
    public static void Bind(this SqliteParameter parameter, ReadOnlyMemory<byte> bytes)
    {
        parameter.Value = MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 ? segment.Array! : bytes.ToArray();
        parameter.Size = bytes.Length;
    }

    private static SqliteCommand Make(SqliteConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Names in it come from declarations, values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value);
        return command;
    }
}
