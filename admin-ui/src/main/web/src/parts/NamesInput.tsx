import { Select, type SelectProps } from 'antd';

/** Several names that nobody can list: each is typed, and ends with Enter, a comma or a blank. */
export function NamesInput(props: SelectProps<string[]>) {
  return (
    <Select<string[]>
      mode="tags"
      open={false}
      styles={{ suffix: { display: 'none' } }}
      tokenSeparators={[',', ' ']}
      {...props}
    />
  );
}
