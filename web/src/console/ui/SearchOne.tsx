// Choosing one of many by typing a part of it; accents and capitals do not matter.
import { Button, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import type { Option } from "./Choice";
import { Icon } from "./Icon";

interface Props {
  label: string;
  options: readonly Option[];
  value: string | null;
  onChange: (value: string | null) => void;
  placeholder?: string;
  /** What is said where nothing fits. */
  none: string;
}

function plain(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase();
}

export function SearchOne({ label, options, value, onChange, placeholder, none }: Props) {
  return (
    <ComboBox
      className="form-field"
      defaultItems={options}
      selectedKey={value}
      onSelectionChange={(key) => onChange(key === null ? null : String(key))}
      defaultFilter={(text, typed) => plain(text).includes(plain(typed))}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Label>{label}</Label>
      <div className="search-one">
        <Input className="field" {...(placeholder ? { placeholder } : {})} />
        <Button className="quiet square">
          <Icon name="down" size={18} />
        </Button>
      </div>
      <Popover className="popover">
        <ListBox<Option> className="options" renderEmptyState={() => <p className="hint">{none}</p>}>
          {(option) => (
            <ListBoxItem id={option.value} className="option" textValue={option.label}>
              <span>{option.label}</span>
              {option.hint && <small>{option.hint}</small>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
